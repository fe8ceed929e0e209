from . import accompaniment_diagnostic
from . import accompaniment_overview
from . import accompaniment_overview_panels
from . import res_users
