"""How long a run still takes."""

import unittest

from coup_de_pousse_membership.calculation.run.campaign_progress import seconds_left


class TestCampaignProgress(unittest.TestCase):
    def test_time_left(self):
        for arguments, expected in (((10, 20, 5.0), 10), ((0, 20, 5.0), None), ((10, 0, 5.0), 0), ((10, 5, 0.0), None)):
            self.assertEqual(seconds_left(*arguments), expected)
