from . import test_movement
from . import test_metric
from . import test_dashboard
from . import test_metric_page
from . import test_digest
