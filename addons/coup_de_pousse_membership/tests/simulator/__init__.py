from . import test_fee_simulation
