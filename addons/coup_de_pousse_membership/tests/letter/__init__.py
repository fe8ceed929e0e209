from . import test_calculation_reminder
from . import test_reminders
from . import test_sending
