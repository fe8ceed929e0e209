from . import accompaniment_diagnostic
from . import accompaniment_diagnostic_survey
from . import accompaniment_diagnostic_audience
from . import accompaniment_diagnostic_reminder
from . import accompaniment_diagnostic_chart
from . import accompaniment_diagnostic_figure
from . import survey_survey
from . import survey_user_input
