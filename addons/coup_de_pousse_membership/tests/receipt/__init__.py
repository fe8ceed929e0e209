from . import test_receipt
from . import test_receipt_tour
from . import test_receipt_year
