from . import register
from . import fee
from . import call
from . import campaign
from . import run
from . import letter
from . import reminder
from . import payment
