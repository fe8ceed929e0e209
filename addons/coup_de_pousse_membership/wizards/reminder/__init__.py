from . import association_reminder_stop_wizard
from . import association_reminder_wizard
