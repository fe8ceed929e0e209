from . import test_income_on_receipt
from . import test_instalment
from . import test_bulk_call
