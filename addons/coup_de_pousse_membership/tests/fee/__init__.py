from . import test_fee_grid
from . import test_fee_grid_criteria
from . import test_years_and_figures
