from . import test_workshop
from . import test_calculation_workshop_plan
