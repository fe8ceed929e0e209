"""Amounts added up by week."""

import unittest
from datetime import date, timedelta
from decimal import Decimal

from coup_de_pousse_membership.calculation.numbers.campaign_curve import cumulate


class TestCampaignCurve(unittest.TestCase):
    def test_by_week(self):
        first = date(2026, 1, 10)
        entries = [(first, Decimal(5)), (first + timedelta(6), Decimal(1)), (first + timedelta(7), Decimal(2)),
                   (first - timedelta(3), Decimal(10)), (first + timedelta(30), Decimal(100))]  # fmt: skip
        for days, expected in ((0, [15]), (6, [16]), (7, [16, 18]), (20, [16, 18, 18]), (-1, [])):
            points = cumulate(entries, first, first + timedelta(days)).points
            self.assertEqual(list(points), expected, days)
