from .body import *
from .mandate import *
from .representativeness import *
from . import test_access
from . import test_calculation
from . import test_demo
from . import test_tours
from . import test_translation
