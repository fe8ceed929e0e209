from . import association_campaign
from . import association_campaign_line
from . import res_users
