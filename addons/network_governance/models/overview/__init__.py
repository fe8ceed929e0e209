from . import governance_overview
from . import res_users
