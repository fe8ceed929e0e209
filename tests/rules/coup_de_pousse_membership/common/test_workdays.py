"""Public holidays, and the day that lies so many days of work after another."""

import unittest
from datetime import date, timedelta

from coup_de_pousse_membership.calculation.common.workdays import add_workdays, french_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))


class TestWorkdays(unittest.TestCase):
    def test_french_holidays(self):
        # As published by the administration for 2026 (Easter on 5 April) and 2024 (31 March).
        self.assertEqual(
            sorted(day.strftime("%m-%d") for day in french_holidays(2026)),
            "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25".split(),
        )
        self.assertLessEqual({date(2024, 4, 1), date(2024, 5, 9), date(2024, 5, 20)}, french_holidays(2024))

    def test_days_of_work_after_another(self):
        closed = french_holidays(2026)
        for start, count, expected in (
            ((2026, 1, 5), 0, (2026, 1, 5)),
            ((2026, 1, 5), 4, (2026, 1, 9)),
            # A Friday: the weekend does not count.
            ((2026, 1, 9), 1, (2026, 1, 12)),
            ((2026, 1, 10), 1, (2026, 1, 12)),
            # 30 April 2026 is a Thursday: 1 May and the weekend do not count.
            ((2026, 4, 30), 1, (2026, 5, 4)),
            # 8 May, 14 May (Ascension) and 25 May (Whit Monday).
            ((2026, 5, 4), 15, (2026, 5, 28)),
        ):
            with self.subTest(start=start, count=count):
                self.assertEqual(add_workdays(date(*start), count, closed), date(*expected))

    @settings(deadline=None, max_examples=60)
    @given(DAYS, st.integers(0, 60), st.integers(0, 60))
    def test_one_wait_after_another_is_both(self, day, first, second):
        there = add_workdays(add_workdays(day, first), second)
        self.assertEqual(there, add_workdays(day, first + second))
        self.assertGreaterEqual(there, day + timedelta(days=first + second))
