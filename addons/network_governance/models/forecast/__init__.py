from . import governance_forecast
from . import governance_forecast_line
from . import governance_reminder
