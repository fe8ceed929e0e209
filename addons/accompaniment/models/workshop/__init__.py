from . import accompaniment_workshop
from . import accompaniment_workshop_calendar
from . import accompaniment_workshop_sheet
from . import accompaniment_attendance
from . import accompaniment_workshop_template
from . import accompaniment_workshop_template_line
from . import accompaniment_mission_workshop
