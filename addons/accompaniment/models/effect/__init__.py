from . import accompaniment_effect
from . import accompaniment_review
from . import accompaniment_review_answer
from . import accompaniment_review_page
from . import accompaniment_indicator
from . import accompaniment_indicator_value
from . import accompaniment_mission_effects
