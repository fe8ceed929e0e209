from . import test_register_at
from . import test_register_wizard
