from . import accompaniment_closing_wizard
from . import base_partner_merge_automatic_wizard
