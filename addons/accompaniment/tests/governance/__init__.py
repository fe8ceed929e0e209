from . import test_governance
