from . import test_draw
from . import test_edited_where_read
from . import test_life_events
from . import test_mandate
