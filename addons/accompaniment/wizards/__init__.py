from . import mission
from . import request
from . import workshop
from . import money
from . import effect
