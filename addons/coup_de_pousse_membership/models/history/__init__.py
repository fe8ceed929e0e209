from . import account_move
from . import association_member
from . import association_membership
