from . import test_calculation_workload
from . import test_workload
