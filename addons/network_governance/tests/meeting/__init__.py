from . import test_meeting
from . import test_door
from . import test_meeting_tour
from . import test_large_assembly
from . import test_badge
