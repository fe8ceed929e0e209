from . import test_fee_grid
from . import test_fee_grid_criteria
