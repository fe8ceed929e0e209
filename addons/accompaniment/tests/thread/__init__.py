from . import test_calculation_timeline
from . import test_thread
