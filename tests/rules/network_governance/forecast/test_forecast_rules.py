"""What the coming months bring: tables of cases, and a law."""

import unittest
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from network_governance.calculation.forecast import forecast

#: The first example pays for what hypothesis loads.
LAWS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


class TestForecastCases(unittest.TestCase):
    start, end = date(2026, 1, 1), date(2027, 12, 31)

    def foresee(self, seats, holdings, minimums=None):
        events = forecast.foresee(seats, holdings, minimums or {}, self.start, self.end)
        return [(e.day, e.kind, e.seat) for e in events]

    def test_cases(self):
        seat = forecast.Seat(1, 1)
        held = forecast.Holding(5, 1, date(2024, 1, 1), date(2026, 6, 30), date(2026, 6, 30))
        kept = forecast.Holding(5, 1, date(2022, 1, 1), date(2025, 6, 30), None)
        stays = forecast.Holding(5, 1, date(2024, 1, 1), date(2026, 6, 30), None)
        resigned = forecast.Holding(5, 1, date(2024, 1, 1), date(2026, 6, 30), date(2026, 2, 28))
        following = forecast.Holding(6, 1, date(2026, 7, 1), date(2029, 6, 30), date(2029, 6, 30))
        later = forecast.Holding(6, 1, date(2026, 9, 1), None, None)
        term, vacant = (date(2026, 6, 30), "term", 1), (date(2026, 7, 1), "vacant", 1)
        cases = [
            ("never held", [], [(self.start, "vacant", 1)]),
            ("term, then nobody", [held], [term, vacant]),
            ("term, then a successor", [held, following], [term]),
            ("term, a gap, a successor without a term", [held, later], [term, vacant]),
            ("stays after the term", [stays], [term]),
            ("kept in place already", [kept], [(self.start, "kept", 1)]),
            ("ends before its term", [resigned], [(date(2026, 3, 1), "vacant", 1)]),
            ("no term", [forecast.Holding(5, 1, date(2020, 1, 1), None, None)], []),
        ]
        for name, holdings, expected in cases:
            with self.subTest(name):
                self.assertEqual(self.foresee([seat], holdings), expected)

    def test_a_seat_counts_within_its_days(self):
        self.assertEqual(self.foresee([forecast.Seat(1, 1, last=date(2025, 12, 31))], []), [])
        self.assertEqual(
            self.foresee([forecast.Seat(1, 1, first=date(2026, 5, 1))], []), [(date(2026, 5, 1), "vacant", 1)]
        )
        held = forecast.Holding(5, 1, date(2024, 1, 1), date(2026, 6, 30), date(2026, 6, 30))
        seat = forecast.Seat(1, 1, last=date(2026, 6, 30))
        self.assertEqual(self.foresee([seat], [held]), [(date(2026, 6, 30), "term", 1)])

    def test_a_body_falls_under_its_minimum_once(self):
        seats = [forecast.Seat(i, 1, college=i % 2 + 1) for i in range(4)]
        ends = [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2027, 9, 30)]
        holdings = [forecast.Holding(i, i, date(2024, 1, 1), end, end) for i, end in enumerate(ends)]
        back = forecast.Holding(9, 0, date(2026, 8, 1), None, None)
        events = forecast.foresee(seats, [*holdings, back], {(1, None): 3, (1, 2): 2}, self.start, self.end)
        found = [(e.day, e.college, e.count, e.least) for e in events if e.kind == "minimum"]
        # Seats 1 and 3 are of college 2: from July on one of its two holders is left. Of the whole
        # body two are left in July, three again in August, two in October, one in 2027: one event
        # for July and one for October.
        self.assertEqual(
            found,
            [
                (date(2026, 7, 1), None, 2, 3),
                (date(2026, 7, 1), 2, 1, 2),
                (date(2026, 10, 1), None, 2, 3),
            ],
        )

    @LAWS
    @given(st.lists(st.tuples(DAYS, DAYS), max_size=6))
    def test_vacant_or_held_on_each_day(self, spans):
        """The days told as vacant are exactly the first days without a holder."""
        holdings, free = [], date(2019, 12, 31)
        for first, last in sorted(tuple(sorted(span)) for span in spans):
            if first > free:
                holdings.append(forecast.Holding(len(holdings), 1, first, last, last))
                free = last
        start, end = date(2024, 1, 1), date(2024, 6, 30)
        told = forecast.vacancies(forecast.Seat(1, 1), holdings, start, end)
        held = {start + timedelta(days=n): any(h.first <= start + timedelta(days=n) <= h.last for h in holdings)
                for n in range((end - start).days + 1)}  # fmt: skip
        expected = [day for day, is_held in held.items() if not is_held and held.get(day - timedelta(days=1), True)]
        self.assertEqual(told, expected)
