from . import accompaniment_scheme_cofunder
from . import accompaniment_scheme
from . import accompaniment_cofunding
from . import accompaniment_milestone
from . import account_move
from . import account_move_line
from . import accompaniment_mission
