from . import test_printing
from . import test_sending
