from . import association_member
from . import association_membership
from . import association_member_departure
