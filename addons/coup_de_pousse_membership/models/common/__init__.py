from . import base
from . import association_dialog
from . import association_overview_mixin
from . import association_part
from . import association_spreadsheet
from . import ir_actions_report
from . import ir_rule
from . import res_company
