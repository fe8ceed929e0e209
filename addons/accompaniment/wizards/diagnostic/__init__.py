from . import accompaniment_sending_wizard
