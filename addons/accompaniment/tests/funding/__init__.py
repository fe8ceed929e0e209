from . import test_funding_plan
