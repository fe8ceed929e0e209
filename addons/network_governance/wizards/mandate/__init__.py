from . import base_partner_merge_automatic_wizard
from . import governance_replacement_wizard
from . import governance_seating_wizard
