from . import test_campaign_export
from . import test_campaign_numbers
