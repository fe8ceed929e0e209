from . import test_cheque_deposit
