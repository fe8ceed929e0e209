from . import test_calculation_fee
from . import test_fee_grid
from . import test_grid_review
from . import test_real_grids
from . import test_calculation_curve
from . import test_fee_grid_criteria
