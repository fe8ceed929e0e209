from . import association_cheque_bounce_wizard
