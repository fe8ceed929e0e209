from . import test_bulk_call
from . import test_how_to_pay
from . import test_income_on_receipt
from . import test_instalment
