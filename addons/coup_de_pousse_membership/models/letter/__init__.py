from . import account_move
from . import association_campaign
from . import association_campaign_line
from . import association_membership
from . import association_reminder_log
from . import association_reminder_step
from . import ir_mail_server
from . import res_partner
