from . import association_cheque_bounce_wizard
from . import association_surplus_wizard
