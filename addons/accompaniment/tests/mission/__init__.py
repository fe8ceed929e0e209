from . import test_mission
from . import test_merge
