from . import base_partner_merge
from . import governance_replacement_wizard
from . import governance_seating_wizard
