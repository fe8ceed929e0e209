from . import test_campaign_run
