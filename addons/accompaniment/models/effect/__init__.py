from . import accompaniment_effect
from . import accompaniment_review
from . import accompaniment_review_answer
from . import accompaniment_indicator
from . import accompaniment_indicator_value
from . import accompaniment_mission
from . import res_company
from . import res_config_settings
