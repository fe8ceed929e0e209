from . import association_admission_wizard
from . import association_departure_wizard
from . import association_figures_wizard
from . import association_register_wizard
from . import base_partner_merge
