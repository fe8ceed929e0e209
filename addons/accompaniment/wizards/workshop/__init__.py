from . import accompaniment_workshop_wizard
from . import base_partner_merge_automatic_wizard
