from . import test_campaign
from . import test_campaign_run
from . import test_campaign_numbers
from . import test_campaign_tour
from . import test_campaign_year_tour
