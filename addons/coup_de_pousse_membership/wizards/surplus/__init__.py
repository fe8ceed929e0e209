from . import association_surplus_wizard
