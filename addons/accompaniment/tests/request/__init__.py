from . import test_request
from . import test_request_tour
