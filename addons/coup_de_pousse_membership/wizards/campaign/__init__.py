from . import association_campaign_exclude_wizard
from . import association_campaign_mend_wizard
