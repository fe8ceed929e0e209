from . import accompaniment_orientation_wizard
