"""Representativeness, forecast and first screen of a large network: queries and time."""

import time
from datetime import date

from odoo.tests import tagged

from ..common import GovernanceCommon
from .large_network import make_large_network

DAY = date(2025, 6, 30)
MEMBERS, SEATS = 20_000, 500
QUERIES = 10
#: Half a second is the aim; a busy machine takes a few times as long.
SECONDS = 5


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
        act()  # the caches of access rights and of the company
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.user.has_group("base.group_user")
        self.env.company.name  # noqa: B018
        before, start = self.env.cr.sql_log_count, time.perf_counter()
        result = act()
        took = time.perf_counter() - start
        return result, self.env.cr.sql_log_count - before, took

    def test_representativeness_at_a_date(self):
        picture, queries, took = self.measure(lambda: self.env["governance.representativeness"].get_picture(DAY))
        self.assertEqual((picture["members"], picture["seats"]["held"], picture["seated"]), (MEMBERS, SEATS, SEATS))
        self.assertEqual(len(picture["dimensions"]), 7)
        self.assertLessEqual(queries, QUERIES)
        self.assertLess(took, SECONDS)

    def test_forecast(self):
        forecast = self.env["governance.forecast"]
        events, queries, took = self.measure(lambda: forecast._foresee(self.company, DAY, date(2028, 6, 30)))
        kinds = [event.kind for event in events]
        self.assertEqual([kinds.count(kind) for kind in ("term", "vacant", "minimum")], [SEATS, SEATS, SEATS // 20])
        self.assertLessEqual(queries, QUERIES)
        self.assertLess(took, SECONDS)

    def test_trend_and_overview_do_not_grow(self):
        _trend, queries, _took = self.measure(lambda: self.env["governance.representativeness"].get_trend(DAY))
        self.assertLessEqual(queries, 13 * 3)
        _overview, queries, _took = self.measure(self.env["governance.overview"].get_overview)
        self.assertLessEqual(queries, 45)
