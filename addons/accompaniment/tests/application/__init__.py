from . import test_application
from . import test_funding_tour
