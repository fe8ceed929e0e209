from . import account_move
from . import account_move_line
from . import association_gift
from . import association_gift_expense
from . import association_kilometre_rate
from . import res_company
from . import res_config_settings
