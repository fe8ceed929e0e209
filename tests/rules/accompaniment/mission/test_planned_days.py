"""Days of a phase spread over months."""

import unittest
from datetime import date, timedelta
from decimal import Decimal

from accompaniment.calculation.mission.planned_days import period, spread, workdays
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))
LAWS = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


class TestWorkloadCalculation(unittest.TestCase):
    def test_period(self):
        january, march, may, july = (date(2026, month, 10) for month in (1, 3, 5, 7))
        for phase, mission, expected in (
            ((march, may), (january, july), (march, may)),
            ((None, may), (january, july), (january, may)),
            ((march, False), (january, july), (march, july)),
            ((None, None), (january, july), (january, july)),
            ((None, None), (january, None), (january, january)),
            ((None, None), (None, july), (july, july)),
            ((None, None), (None, None), None),
            # The phase says that it starts after the end of the mission, or ends before it.
            ((july, None), (january, march), (july, july)),
            ((None, january), (march, may), (january, january)),
        ):
            with self.subTest(phase=phase, mission=mission):
                self.assertEqual(period(phase, mission), expected)

    def test_spread(self):
        for first, last, days, expected in (
            ((2017, 4, 3), (2017, 4, 28), 3, {4: 3}),
            # 20 weekdays of April from the 3rd, 23 of May, 22 of June.
            ((2017, 4, 3), (2017, 6, 30), 13, {4: 4, 5: 4.6, 6: 4.4}),
            # A Friday and a Monday: the weekend between them carries nothing.
            ((2026, 7, 31), (2026, 8, 3), 1, {7: 0.5, 8: 0.5}),
            # A Saturday and a Sunday alone.
            ((2026, 1, 31), (2026, 2, 1), 1, {1: 0.5, 2: 0.5}),
            ((2026, 1, 5), (2026, 2, 6), 0, {1: 0, 2: 0}),
        ):
            with self.subTest(first=first, last=last):
                found = spread(date(*first), date(*last), days)
                self.assertEqual(found, {date(first[0], month, 1): part for month, part in expected.items()})

    def test_nobody_works_on_a_closed_day(self):
        first, last, closed = date(2026, 4, 30), date(2026, 5, 4), {date(2026, 5, 1), date(2026, 5, 2)}
        april, may = date(2026, 4, 1), date(2026, 5, 1)
        self.assertEqual(spread(first, last, 3), {april: 1, may: 2})
        self.assertEqual(spread(first, last, 3, closed), {april: 1.5, may: 1.5})
        # Closed all through: its days are shared as they come.
        self.assertEqual(spread(may, date(2026, 5, 2), 3, closed), {may: 3})

    @LAWS
    @given(DAYS, st.integers(0, 900), st.integers(0, 100000))
    def test_nothing_is_lost_and_every_month_has_its_part(self, first, length, hundredths):
        last = first + timedelta(days=length)
        parts = spread(first, last, hundredths / 100)
        self.assertEqual(sum(Decimal(str(part)) for part in parts.values()), Decimal(hundredths) / 100)
        self.assertTrue(all(part >= 0 for part in parts.values()))
        self.assertEqual(set(parts), {(first + timedelta(days=day)).replace(day=1) for day in range(length + 1)})

    @LAWS
    @given(DAYS, st.integers(0, 60))
    def test_weekdays_are_those_of_the_calendar(self, first, length):
        days = [first + timedelta(days=day) for day in range(length + 1)]
        closed = {day for day in days if day.day in (1, 8, 11, 14)}
        for off in (set(), closed):
            self.assertEqual(workdays(first, days[-1], off), sum(day.weekday() < 5 and day not in off for day in days))
