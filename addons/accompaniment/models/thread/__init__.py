from . import accompaniment_mission
