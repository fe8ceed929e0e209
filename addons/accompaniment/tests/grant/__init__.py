from . import test_grant
