from . import association_member_on_day
from . import governance_representativeness
from . import governance_body
