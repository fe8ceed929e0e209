from . import account_move
from . import association_campaign
from . import association_campaign_line
from . import association_member
from . import association_membership
