from . import account_move
from . import account_move_line
from . import association_cheque
from . import association_cheque_deposit
from . import res_company
