from . import accompaniment_workshop_wizard
