from . import governance_function
from . import governance_body_rules
from . import governance_body
from . import governance_body_version
from . import governance_composition
from . import governance_seat
from . import res_company
from . import res_config_settings
