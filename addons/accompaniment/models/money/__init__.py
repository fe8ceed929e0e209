from . import accompaniment_scheme_cofunder
from . import account_move_line
from . import accompaniment_cofunding
from . import accompaniment_milestone
from . import accompaniment_mission_money
from . import accompaniment_mission_invoice
from . import accompaniment_mission_table
