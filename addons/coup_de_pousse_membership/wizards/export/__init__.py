from . import association_export_wizard
