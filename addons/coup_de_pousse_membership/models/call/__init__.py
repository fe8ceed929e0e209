from . import account_chart_template
from . import account_move
from . import account_move_line
from . import account_partial_reconcile
from . import association_call_instalment
from . import association_membership
from . import res_company
from . import res_config_settings
