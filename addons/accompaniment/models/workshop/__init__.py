from . import accompaniment_workshop
from . import accompaniment_attendance
from . import accompaniment_workshop_template
from . import accompaniment_workshop_template_line
from . import accompaniment_mission
