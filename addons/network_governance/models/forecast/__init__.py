from . import governance_forecast
from . import governance_forecast_line
from . import governance_body
from . import governance_seat
from . import governance_mandate
