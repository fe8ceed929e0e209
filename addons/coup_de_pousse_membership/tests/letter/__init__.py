from . import test_printing
from . import test_sending
from . import test_sending_followed
