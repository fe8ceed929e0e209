from . import association_tariff
from . import association_fee_scope
from . import association_fee_grid
from . import association_fee_adjustment
from . import association_fee_rule
from . import association_fee_share
from . import association_member
from . import association_membership
