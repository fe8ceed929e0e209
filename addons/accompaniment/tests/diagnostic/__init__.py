from . import test_diagnostic
from . import test_calculation_answers
