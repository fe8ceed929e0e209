from . import test_late_calls
from . import test_reminders
