from . import test_gift
