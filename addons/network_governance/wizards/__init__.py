from . import mandate
from . import meeting
from . import vote
