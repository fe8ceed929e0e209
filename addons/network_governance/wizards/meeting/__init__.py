from . import governance_series_wizard
