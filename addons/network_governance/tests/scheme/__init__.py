from . import test_scheme
