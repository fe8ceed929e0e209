from . import funding_paste_mixin
from . import funding_paste_wizard
