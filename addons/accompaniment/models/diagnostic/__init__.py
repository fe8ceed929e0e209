from . import accompaniment_diagnostic
from . import accompaniment_diagnostic_figure
from . import accompaniment_mission
from . import survey_survey
from . import survey_user_input
from . import res_company
from . import res_config_settings
