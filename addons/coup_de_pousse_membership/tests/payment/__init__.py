from . import test_cheque_deposit
from . import test_payment_files
from . import test_payment_import
from . import test_payment_matching
from . import test_payment_reading
from . import test_payment_surplus
