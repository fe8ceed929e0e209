from . import test_draw
from . import test_life_events
from . import test_mandate
