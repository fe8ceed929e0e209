from . import association_fee_history_wizard
from . import association_grid_duplicate_wizard
from . import association_membership_wizard
from . import association_grid_vote_wizard
