from . import governance_tally_wizard
