from . import association_membership
from . import association_movement
from . import association_metric
from . import association_overview_mixin
from . import digest_digest
from . import spreadsheet_dashboard
from . import spreadsheet_dashboard_share
