"""Finds the organisations of a published list among those known: certain by number and name, else a question."""

from collections import Counter

from odoo.addons.coup_de_pousse_membership.calculation.member_import.member_matching import Body, Matcher, name_key
from odoo.addons.coup_de_pousse_membership.models.member_import.known_records import Directory

#: Rules of the member import by which an organisation is found without asking.
CERTAIN = ("rna", "siret", "siren_name")


class GrantMatcher:
    """Built once for a file, asked for each line.

    :param env: environment of whoever imports.
    :param company: the association.
    """

    def __init__(self, env, company):
        bodies = Directory(env, company).bodies(with_persons=False)
        self._matcher = Matcher(bodies)
        self._bearers = Counter(siren for body in bodies if (siren := body.siren))
        self._found = {}

    def find(self, name, registry, rna):
        """Return (id of the organisation or None, whether it is certain, rule or reason).

        A SIREN that several organisations bear, a name alone, a name that differs from the number's: people decide.
        """
        asked = (name_key(name), registry, rna)
        if asked not in self._found:
            self._found[asked] = self._find(name, registry, rna)
        return self._found[asked]

    def _find(self, name, registry, rna):
        body = Body("line", name=name, registry=registry, rna=rna)
        match = self._matcher.match(body)
        if match.kind == "none":
            return None, False, ""
        known = match.bodies[0]
        shared = body.siren and self._bearers[body.siren] > 1
        alike = name_key(known.name) == name_key(name)
        certain = match.kind == "same" and match.reason in CERTAIN and alike and not shared
        return known.key, certain, "shared" if shared else match.reason
