from . import body
from . import mandate
from . import scheme
from . import declaration
from . import forecast
from . import representativeness
from . import overview
