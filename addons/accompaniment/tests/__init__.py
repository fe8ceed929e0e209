from . import test_mission
from . import test_request
from . import test_roles
from . import test_translation
