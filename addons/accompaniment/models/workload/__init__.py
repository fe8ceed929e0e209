from . import accompaniment_workload
from . import accompaniment_mission
from . import res_company
from . import res_config_settings
