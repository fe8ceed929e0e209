from . import association_reminder_stop_wizard
