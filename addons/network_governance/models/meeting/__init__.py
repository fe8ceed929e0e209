from . import governance_meeting_part
from . import governance_body
from . import governance_meeting
from . import governance_agenda_item
from . import governance_attendance
from . import governance_stay
from . import governance_proxy
