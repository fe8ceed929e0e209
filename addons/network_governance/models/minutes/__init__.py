from . import governance_meeting
from . import governance_minutes
