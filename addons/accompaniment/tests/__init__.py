from . import test_mission
from . import test_request
from . import test_roles
from . import test_translation
from . import test_workshop
from . import test_calculation_workshop_plan
from . import test_diagnostic
from . import test_results
