from . import association_receipt_cancel_wizard
