from . import association_movement
from . import association_metric
from . import spreadsheet_dashboard
from . import spreadsheet_dashboard_share
