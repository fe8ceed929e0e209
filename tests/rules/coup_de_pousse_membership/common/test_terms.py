"""Terms of so many months: the eve of the same day, or the month's last day."""

import unittest
from datetime import date, timedelta

from coup_de_pousse_membership.calculation.common.terms import last_day
from hypothesis import given
from hypothesis import strategies as st


class TestTerms(unittest.TestCase):
    def test_cases(self):
        for first, months, expected in (
            (date(2028, 2, 29), 36, date(2031, 2, 28)),
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2026, 5, 31), 1, date(2026, 6, 30)),
            (date(2025, 3, 1), 36, date(2028, 2, 29)),
            (date(2026, 1, 1), 12, date(2026, 12, 31)),
            (date(2028, 2, 29), 48, date(2032, 2, 28)),
            (date(2026, 1, 30), 1, date(2026, 2, 28)),
            (date(2026, 1, 28), 1, date(2026, 2, 27)),
            (date(2026, 6, 15), 36, date(2029, 6, 14)),
        ):
            with self.subTest(first=first, months=months):
                self.assertEqual(last_day(first, months), expected)

    @given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 72))
    def test_what_follows_begins_in_the_month_of_the_term(self, first, months):
        following = last_day(first, months) + timedelta(days=1)
        count = (following.year - first.year) * 12 + following.month - first.month
        self.assertIn(count, (months, months + 1))
        if first.day <= 28:
            self.assertEqual((count, following.day), (months, first.day))

    @given(st.dates(date(2000, 1, 1), date(2090, 12, 30)), st.integers(1, 72))
    def test_who_begins_later_ends_no_earlier(self, first, months):
        self.assertLessEqual(last_day(first, months), last_day(first + timedelta(days=1), months))
