from . import test_calculation_fee
from . import test_calculation_income
from . import test_calculation_state
from . import test_identifiers
from . import test_partner_profile
from . import test_territory
