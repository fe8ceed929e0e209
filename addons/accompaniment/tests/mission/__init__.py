from . import test_mission
from . import test_merge
from . import test_gone
