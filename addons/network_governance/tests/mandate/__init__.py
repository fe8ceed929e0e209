from . import test_draw
from . import test_mandate
