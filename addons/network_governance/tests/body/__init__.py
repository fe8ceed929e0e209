from . import test_body
