from . import test_body
from . import test_calculation
from . import test_mandate
from . import test_representativeness
