from . import test_workshop
from . import test_workshop_tour
