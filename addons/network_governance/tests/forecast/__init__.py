from . import test_forecast
from . import test_nightly_job
from . import test_reminder
