"""The rhythm of meetings: series of days, and when one is late."""

import unittest
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from network_governance.calculation.meeting.rhythm import due_on, is_late, series


class TestRhythm(unittest.TestCase):
    def test_series(self):
        for first, months, count, keep, expected in (
            # The second Tuesday.
            ((2026, 1, 13), 2, 3, "weekday", [(2026, 1, 13), (2026, 3, 10), (2026, 5, 12)]),
            # A fifth Friday becomes the last one.
            ((2026, 1, 30), 1, 3, "weekday", [(2026, 1, 30), (2026, 2, 27), (2026, 3, 27)]),
            ((2026, 1, 31), 3, 3, "day", [(2026, 1, 31), (2026, 4, 30), (2026, 7, 31)]),
            ((2026, 11, 5), 3, 2, "weekday", [(2026, 11, 5), (2027, 2, 4)]),
        ):
            with self.subTest(first=first):
                self.assertEqual(series(date(*first), months, count, keep), [date(*day) for day in expected])

    def test_the_hour_stays(self):
        self.assertEqual(
            series(datetime(2026, 1, 13, 18, 30), 2, 2), [datetime(2026, 1, 13, 18, 30), datetime(2026, 3, 10, 18, 30)]
        )

    def test_late(self):
        day = date(2026, 3, 31)
        for held, months, since, today, planned, expected in (
            (date(2025, 12, 31), 3, None, day, None, False),
            (date(2025, 12, 30), 3, None, day, None, True),
            (date(2025, 12, 30), 3, None, date(2026, 3, 30), None, False),
            (date(2025, 12, 30), 3, None, date(2026, 3, 1), date(2026, 4, 2), True),
            (date(2025, 12, 30), 3, None, date(2026, 3, 1), date(2026, 3, 20), False),
            (None, 3, date(2025, 12, 1), day, None, True),
            (None, 3, None, day, None, False),
            (date(2020, 1, 1), 0, None, day, None, False),
        ):
            with self.subTest(held=held, today=today):
                self.assertEqual(is_late(due_on(held, months, since), today, planned), expected)

    @settings(deadline=None)
    @given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 12), st.integers(1, 12))
    def test_one_meeting_each_time_on_the_same_weekday(self, first, months, count):
        days = series(first, months, count)
        self.assertEqual({day.weekday() for day in days}, {first.weekday()})
        numbers = [day.year * 12 + day.month for day in days]
        self.assertEqual(numbers, [numbers[0] + months * rank for rank in range(count)])
