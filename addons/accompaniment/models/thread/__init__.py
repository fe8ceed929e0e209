from . import accompaniment_mission_thread
from . import accompaniment_mission_timeline
