from . import accompaniment_finding
from . import accompaniment_strategic_domain
from . import accompaniment_definition
from . import accompaniment_recommendation
from . import accompaniment_action_plan
from . import association_commitment
from . import accompaniment_mission_results
