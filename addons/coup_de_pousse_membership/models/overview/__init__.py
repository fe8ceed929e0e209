from . import association_overview
from . import association_overview_campaign
from . import association_overview_letter
