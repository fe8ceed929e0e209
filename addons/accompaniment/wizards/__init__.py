from . import mission
from . import request
from . import workshop
from . import diagnostic
from . import money
from . import effect
from . import funding
from . import application
