from . import accompaniment_body
from . import accompaniment_mission
