from . import register
from . import departure
from . import history
from . import fee
from . import call
from . import campaign
from . import letter
from . import payment
