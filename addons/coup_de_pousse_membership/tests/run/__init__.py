from . import test_background_preview
from . import test_campaign_run
