from . import test_surplus
