from . import association_admission_wizard
from . import association_figures_wizard
from . import base_partner_merge_automatic_wizard
