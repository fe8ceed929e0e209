from . import association_call_wizard
from . import association_instalment_wizard
