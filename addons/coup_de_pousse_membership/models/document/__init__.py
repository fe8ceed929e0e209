from . import account_move
from . import association_fee_grid
from . import association_fee_rule
from . import association_member
from . import ir_actions_report
from . import res_company
from . import res_config_settings
