from . import funding_paste_wizard
