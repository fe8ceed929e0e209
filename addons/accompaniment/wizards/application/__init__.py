from . import funding_bill_wizard
