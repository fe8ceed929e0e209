from . import test_overview
from . import test_overview_tour
from . import test_dashboard
