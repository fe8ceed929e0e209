"""Representativeness, forecast and first screen of a large network: queries and time."""

import logging
import time
from collections import Counter
from datetime import date

from odoo.tests import tagged

from ..common import GovernanceCommon
from .large_network import make_large_network

_logger = logging.getLogger(__name__)

DAY = date(2025, 6, 30)
MEMBERS, SEATS = 20_000, 500
QUERIES = 10
#: On a machine that does the work of ``pace`` in so many seconds; on a slower one, in proportion.
PACE = 0.15
PICTURE_SECONDS, FORECAST_SECONDS = 0.5, 0.2
RUNS = 5


def pace():
    """Return how many seconds some work takes now that is much the same on each machine: reading, counting."""
    start = time.perf_counter()
    rows = [(number, number % 7, str(number)) for number in range(150_000)]
    for key in (1, 2):
        Counter(row[key] for row in rows)
    return time.perf_counter() - start


@tagged("post_install", "-at_install")
class TestPerformance(GovernanceCommon):
    """20,000 members, 500 seats, five years of mandates; ``./cdp bench representativeness`` tells the time.

    One year of membership is enough to count them, and takes a fifth of the time to write.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_large_network(cls.env, cls.company, MEMBERS, SEATS, since=2025)
        cls.env = cls.env(user=cls.users["director"])

    def measure(self, act):
        """Return (result, queries, seconds): the quickest of some runs, at the pace of the machine just then."""
        act()  # the caches of access rights and of the company
        times = []
        for _run in range(RUNS):
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.user.has_group("base.group_user")
            self.assertTrue(self.env.company.name)
            slowness = max(1, pace() / PACE)
            before, start = self.env.cr.sql_log_count, time.perf_counter()
            result = act()
            times.append((time.perf_counter() - start) / slowness)
            _logger.info("Took %.3f s at a slowness of %.2f.", times[-1] * slowness, slowness)
        return result, self.env.cr.sql_log_count - before, min(times)

    def test_representativeness_at_a_date(self):
        picture, queries, took = self.measure(lambda: self.env["governance.representativeness"].get_picture(DAY))
        self.assertEqual((picture["members"], picture["seats"]["held"], picture["seated"]), (MEMBERS, SEATS, SEATS))
        self.assertEqual(len(picture["dimensions"]), 7)
        self.assertLessEqual(queries, QUERIES)
        self.assertLess(took, PICTURE_SECONDS)

    def test_forecast(self):
        forecast = self.env["governance.forecast"]
        events, queries, took = self.measure(lambda: forecast._foresee(self.company, DAY, date(2028, 6, 30)))
        kinds = [event.kind for event in events]
        self.assertEqual([kinds.count(kind) for kind in ("term", "vacant", "minimum")], [SEATS, SEATS, SEATS // 20])
        self.assertLessEqual(queries, QUERIES)
        self.assertLess(took, FORECAST_SECONDS)

    def test_trend_and_overview_do_not_grow(self):
        _trend, queries, _took = self.measure(lambda: self.env["governance.representativeness"].get_trend(DAY))
        self.assertLessEqual(queries, 13 * 3)
        _overview, queries, _took = self.measure(self.env["governance.overview"].get_overview)
        self.assertLessEqual(queries, 45)
