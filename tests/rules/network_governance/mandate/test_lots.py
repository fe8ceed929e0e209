"""Drawing by lot which third of the seats is renewed first."""

import unittest
from datetime import date

from coup_de_pousse_membership.calculation.common.terms import last_day
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from network_governance.calculation.mandate import lots

#: The first example pays for what hypothesis loads.
LAWS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestLots(unittest.TestCase):
    @LAWS
    @given(st.sets(st.integers(1, 10_000), max_size=60), st.text(max_size=20))
    def test_fair_and_repeatable(self, seats, seed):
        groups = lots.draw(seats, seed)
        self.assertEqual(set(groups), seats)
        self.assertEqual(groups, lots.draw(sorted(seats, reverse=True), seed))
        sizes = [list(groups.values()).count(group) for group in (1, 2, 3)]
        self.assertLessEqual(max(sizes) - min(sizes), 1)

    def test_first_terms(self):
        first = date(2026, 1, 1)
        terms = [last_day(first, lots.first_months(36, group)) for group in (1, 2, 3)]
        self.assertEqual(terms, [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)])
        terms = [last_day(date(2026, 8, 31), lots.first_months(18, group)) for group in (1, 2, 3)]
        self.assertEqual(terms, [date(2027, 2, 28), date(2027, 8, 30), date(2028, 2, 29)])
