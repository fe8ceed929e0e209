from . import association_member
from . import association_membership
