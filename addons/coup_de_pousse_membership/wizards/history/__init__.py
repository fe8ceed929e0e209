from . import association_register_wizard
