from . import register
from . import fee
from . import call
from . import campaign
from . import letter
from . import cheque
from . import payment
from . import surplus
