"""The roles in governance, as the names of their groups."""

DIRECTOR = "network_governance.group_governance_director"
SECRETARY = "network_governance.group_governance_secretary"
#: Who reads bodies, mandates and representativeness.
READERS = (DIRECTOR, SECRETARY)
