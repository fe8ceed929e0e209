from . import test_campaign
from . import test_campaign_tour
from . import test_campaign_year_tour
from . import test_preview_again
