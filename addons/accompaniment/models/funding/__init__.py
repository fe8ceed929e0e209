from . import funding_account
from . import funding_programme
from . import funding_plan
from . import funding_line
from . import funding_in_kind
