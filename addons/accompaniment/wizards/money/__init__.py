from . import accompaniment_funder_wizard
from . import base_partner_merge_automatic_wizard
