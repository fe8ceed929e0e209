from . import test_results
