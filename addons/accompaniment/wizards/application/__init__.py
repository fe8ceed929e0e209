from . import funding_bill_wizard
from . import funding_expense_paste_wizard
