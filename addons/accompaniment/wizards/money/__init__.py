from . import accompaniment_funder_wizard
