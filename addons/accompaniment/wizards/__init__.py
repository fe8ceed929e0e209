from . import accompaniment_orientation_wizard
from . import accompaniment_workshop_wizard
from . import accompaniment_funder_wizard
from . import base_partner_merge
