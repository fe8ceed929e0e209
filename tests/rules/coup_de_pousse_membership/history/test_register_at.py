"""The register at a past day: admissions, calls, departures and states as they stood then."""

from dataclasses import replace
from datetime import date
from unittest import TestCase

from coup_de_pousse_membership.calculation.history.register_at import (
    MembershipFacts,
    admission_at,
    departure_at,
    member_at,
    membership_at,
)
from coup_de_pousse_membership.calculation.register.membership_state import Call, first_departure_from

START, END = date(2026, 1, 1), date(2026, 12, 31)
JUNE, JULY, OCTOBER = date(2026, 6, 30), date(2026, 7, 31), date(2026, 10, 1)

ADMISSIONS = [
    # admission, applied on, decided on, day, as it stood
    ("applied", date(2026, 2, 1), None, date(2026, 1, 31), None),
    ("applied", date(2026, 2, 1), None, date(2026, 2, 1), "applied"),
    ("admitted", date(2026, 2, 1), date(2026, 3, 10), date(2026, 3, 9), "applied"),
    ("admitted", date(2026, 2, 1), date(2026, 3, 10), date(2026, 3, 10), "admitted"),
    ("refused", date(2026, 2, 1), date(2026, 3, 10), date(2026, 3, 9), "applied"),
    ("refused", date(2026, 2, 1), date(2026, 3, 10), date(2026, 3, 11), "refused"),
    # a renewal bears an old decision: it exists once prepared, or begun
    ("admitted", date(2025, 11, 20), date(2019, 5, 2), date(2025, 11, 19), None),
    ("admitted", date(2025, 11, 20), date(2019, 5, 2), date(2025, 11, 20), "admitted"),
    ("admitted", date(2026, 2, 15), date(2019, 5, 2), date(2026, 1, 15), "admitted"),
    # history taken over without the day of the application
    ("admitted", None, date(2026, 1, 1), date(2026, 1, 1), "admitted"),
    ("admitted", None, date(2026, 1, 1), date(2025, 12, 31), None),
]

CALLED = Call(False, "posted", 100, open=100)
PAID = Call(False, "posted", 100, money=100)
BASE = MembershipFacts("admitted", date(2025, 12, 1), date(2025, 12, 10), START, END, calls=(CALLED,))

MEMBERSHIPS = [
    # facts changed, departures, day, state
    ({}, [], date(2025, 11, 30), None),
    ({}, [], date(2025, 12, 5), "applied"),
    ({}, [], date(2025, 12, 31), "upcoming"),
    ({}, [], START, "unpaid"),
    ({"calls": (PAID,)}, [], START, "active"),
    ({"calls": (PAID,)}, [], date(2027, 1, 1), "expired"),
    ({"called_counts": True}, [], START, "active"),
    ({"calls": (), "settled_elsewhere_on": JUNE}, [], date(2026, 6, 29), "unpaid"),
    ({"calls": (), "settled_elsewhere_on": JUNE}, [], JUNE, "active"),
    ({"calls": (), "settled_elsewhere_on": END}, [], JUNE, "active"),
    ({"calls": (), "is_free": True}, [], START, "active"),
    ({"calls": (PAID,), "ended_on": JUNE}, [], JUNE, "active"),
    ({"calls": (PAID,), "ended_on": JUNE}, [], JULY, "expired"),
    ({"calls": (PAID,)}, [JUNE], JUNE, "active"),
    ({"calls": (PAID,)}, [JUNE], JULY, "expired"),
    ({"calls": (PAID,)}, [date(2025, 3, 1)], JULY, "active"),
    ({"withdrawn_on": date(2025, 12, 20)}, [], date(2025, 12, 19), "upcoming"),
    ({"withdrawn_on": date(2025, 12, 20)}, [], date(2025, 12, 20), "cancelled"),
    ({"withdrawn_on": date(2025, 12, 20)}, [], START, "cancelled"),
]


class TestRegisterCalculation(TestCase):
    def test_admission(self):
        for admission, applied_on, decided_on, day, expected in ADMISSIONS:
            with self.subTest(admission=admission, applied=applied_on, decided=decided_on, day=day):
                self.assertEqual(admission_at(admission, applied_on, decided_on, START, day), expected)

    def test_membership(self):
        for changed, departures, day, expected in MEMBERSHIPS:
            with self.subTest(changed=changed, departures=departures, day=day):
                self.assertEqual(membership_at(replace(BASE, **changed), departures, day), expected)

    def test_departures(self):
        self.assertEqual(first_departure_from([JULY, JUNE, date(2025, 1, 1)], START), JUNE)
        self.assertIsNone(first_departure_from([JUNE], JULY))
        departures = [(date(2020, 5, 1), date(2022, 1, 1)), (JUNE, OCTOBER)]
        for day, expected in (
            (date(2020, 5, 1), None),
            (date(2020, 5, 2), date(2020, 5, 1)),
            (date(2021, 12, 31), date(2020, 5, 1)),
            (date(2022, 1, 1), None),
            (JUNE, None),
            (JULY, JUNE),
            (OCTOBER, None),
        ):
            with self.subTest(day=day):
                self.assertEqual(departure_at(departures, day), expected)

    def test_member_who_left_and_came_back(self):
        first = replace(BASE, calls=(PAID,))
        again = replace(BASE, applied_on=OCTOBER, decided_on=OCTOBER, date_from=OCTOBER, calls=(PAID,))
        departures = [(JUNE, OCTOBER)]
        for day, expected in (
            (date(2025, 11, 1), ("none", None)),
            (date(2025, 12, 5), ("applicant", 0)),
            (JUNE, ("member", 0)),
            (JULY, ("left", 0)),
            (OCTOBER, ("member", 1)),
            (date(2027, 1, 1), ("former", 1)),
        ):
            with self.subTest(day=day):
                self.assertEqual(member_at([first, again], departures, day), expected)
