"""Who joins and who leaves the direction: tables of cases, and a law."""

import unittest
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from network_governance.calculation.declaration import officers

#: The first example pays for what hypothesis loads.
LAWS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


class TestOfficers(unittest.TestCase):
    since, today = date(2025, 1, 1), date(2026, 6, 15)

    def changes(self, *spans):
        return sorted(officers.changes([("x", *span) for span in spans], self.since, self.today), key=lambda c: c[2])

    def test_cases(self):
        cases = [
            ("joins", [(date(2025, 3, 1), None)], [("enters", date(2025, 3, 1))]),
            ("long since there", [(date(2020, 3, 1), None)], []),
            ("not yet there", [(date(2026, 6, 16), None)], []),
            ("leaves", [(date(2020, 1, 1), date(2026, 6, 14))], [("leaves", date(2026, 6, 14))]),
            ("still there on the last day", [(date(2020, 1, 1), self.today)], []),
            ("elected again", [(date(2020, 1, 1), date(2025, 5, 31)), (date(2025, 6, 1), None)], []),
            ("comes back", [(date(2020, 1, 1), date(2025, 5, 31)), (date(2025, 6, 2), None)],
             [("leaves", date(2025, 5, 31)), ("enters", date(2025, 6, 2))]),
        ]  # fmt: skip
        for name, spans, expected in cases:
            with self.subTest(name):
                self.assertEqual([(event, day) for _key, event, day in self.changes(*spans)], expected)

    def test_three_months(self):
        for day, expected in ((date(2026, 1, 31), date(2026, 4, 30)), (date(2025, 11, 30), date(2026, 2, 28))):
            self.assertEqual(officers.deadline(day), expected)

    @LAWS
    @given(st.lists(st.tuples(DAYS, DAYS), max_size=8))
    def test_merging_keeps_the_days(self, pairs):
        spans = [tuple(sorted(pair)) for pair in pairs]
        merged = officers.merge(spans)
        for earlier, later in pairwise(merged):
            self.assertGreater(later[0], earlier[1] + timedelta(days=1))
        for day in {edge for span in spans for edge in span}:
            self.assertTrue(any(first <= day <= last for first, last in merged))
