"""Representativeness: tables of cases, and laws that hold for whatever comes in."""

import unittest
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from network_governance.calculation.representativeness.representativeness import (
    Mandate,
    age_band,
    band,
    branch,
    fold,
    genders,
    held_on,
    mark_of,
    never_represented,
    seated_members,
    segments,
    several_seats,
    years_in_office,
)

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
#: The first example pays for what hypothesis loads.
LAWS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def mandate(structure, seat=1, body=1, person=1, **values):
    return Mandate(seat, body, person, structure, values.pop("first", FIRST), values.pop("last", LAST), **values)


class TestRepresentativenessCases(unittest.TestCase):
    members = ((10, "a"), (11, "a"), (12, "b"), (13, "b"))

    def test_who_counts_as_seated(self):
        cases = [
            ("one structure", [mandate(10)], {10}),
            ("a structure on two bodies counts once", [mandate(10), mandate(10, seat=2, body=2)], {10}),
            ("a substitute does not count", [mandate(10, titular=False)], set()),
            ("a lapsed member on a seat", [mandate(99)], set()),
            ("a person for two structures", [mandate(10), mandate(12, seat=2, body=2)], {10, 12}),
            ("a person for nobody", [mandate(None)], set()),
            ("first day", [mandate(10, first=date(2024, 6, 1))], {10}),
            ("day before the first", [mandate(10, first=date(2024, 6, 2))], set()),
            ("last day", [mandate(10, last=date(2024, 6, 1))], {10}),
            ("day after the last", [mandate(10, last=date(2024, 5, 31))], set()),
            ("no last day", [mandate(10, last=None)], {10}),
        ]
        for name, mandates, expected in cases:
            with self.subTest(name):
                self.assertEqual(seated_members(self.members, held_on(mandates, date(2024, 6, 1))), expected)

    def test_segments_by_hand(self):
        """4 members, 2 of each kind; 3 seats, all of them held by “a”."""
        held = [mandate(10), mandate(10, seat=2), mandate(11, seat=3), mandate(99, seat=4), mandate(None, seat=5)]
        a, b = segments(self.members, held, 1)
        self.assertEqual((a.members, a.seats, a.seated, a.members_share, a.seats_share), (2, 3, 2, 0.5, 1.0))
        self.assertEqual((a.expected, a.ratio, a.mark), (1.5, 2.0, "over"))
        self.assertEqual((b.members, b.seats, b.seats_share, b.ratio, b.mark), (2, 0, 0.0, 0.0, "absent"))

    def test_a_body_with_those_under_it(self):
        parents = {1: None, 2: 1, 3: 2, 4: 1, 5: None, 6: 9}
        for root, expected in ((1, {1, 2, 3, 4}), (2, {2, 3}), (5, {5}), (6, {6}), (9, set()), (False, set())):
            self.assertEqual(branch(parents, root), expected, root)

    def test_no_seat_and_no_member(self):
        self.assertEqual([(s.ratio, s.mark) for s in segments(self.members, [], 1)], [(None, None)] * 2)
        self.assertEqual(segments((), [mandate(10)], 1), [])

    def test_marks_at_the_thresholds(self):
        for ratio, seats, expected in (
            (0.0, 0, "absent"),
            (0.79, 1, "under"),
            (0.8, 1, "fair"),
            (1.25, 1, "fair"),
            (1.26, 1, "over"),
            (None, 0, None),
        ):
            self.assertEqual(mark_of(ratio, 5, seats, 0.8, 1.25), expected, ratio)

    def test_persons(self):
        held = [mandate(10, person=1, gender="female"), mandate(11, seat=2, body=2, person=1, gender="female"),
                mandate(12, seat=3, person=2), mandate(13, seat=4, person=3, gender="male")]  # fmt: skip
        self.assertEqual(genders(held), {"female": 1, None: 1, "male": 1})
        self.assertEqual(several_seats(held), {1: 2})
        self.assertEqual(never_represented(self.members, [*held[:2], mandate(12, titular=False)], FIRST), [12, 13])
        self.assertEqual(never_represented(self.members, held, FIRST - timedelta(days=1)), [10, 11, 12, 13])

    def test_length_of_office_runs_over_a_renewal(self):
        first = mandate(10, first=date(2018, 1, 1), last=date(2020, 12, 31))
        second = mandate(10, seat=2, first=date(2021, 1, 1), last=date(2023, 12, 31))
        after_gap = mandate(10, first=date(2025, 1, 1), last=date(2026, 12, 31))
        day = date(2023, 1, 1)
        years = years_in_office([first, second, after_gap], held_on([first, second, after_gap], day), day)
        self.assertEqual({key: round(value, 2) for key, value in years.items()}, {(1, 1): 5.0})
        day = date(2026, 1, 1)
        years = years_in_office([first, second, after_gap], [after_gap], day)
        self.assertEqual(round(years[1, 1], 2), 1.0)

    def test_bands(self):
        self.assertEqual([band(v, (10, 20)) for v in (None, 9, 10, 19, 20)], [None, 0, 1, 1, 2])
        day = date(2024, 3, 1)
        for founded, expected in (
            (None, None),
            (date(2024, 3, 2), None),
            (date(2024, 3, 1), 0),
            (date(2019, 3, 2), 0),
            (date(2019, 3, 1), 1),
            (date(1974, 3, 1), 4),
        ):
            self.assertEqual(age_band(founded, day), expected, founded)


@st.composite
def networks(draw):
    members = draw(st.lists(st.tuples(st.integers(1, 40), st.sampled_from("abcd")), unique_by=lambda m: m[0]))
    rows = draw(st.lists(st.tuples(st.integers(1, 50) | st.none(), DAYS, DAYS, st.booleans()), max_size=30))
    mandates = [
        Mandate(seat, seat % 3, seat % 7, structure, min(one, two), max(one, two), titular)
        for seat, (structure, one, two, titular) in enumerate(rows)
    ]
    return members, mandates, draw(DAYS)


class TestRepresentativenessLaws(unittest.TestCase):
    @LAWS
    @given(networks())
    def test_shares_sum_to_one(self, network):
        members, mandates, day = network
        found = segments(members, held_on(mandates, day), 1)
        self.assertEqual(sum(s.members for s in found), len(members))
        if members:
            self.assertAlmostEqual(sum(s.members_share for s in found), 1)
        seats = sum(s.seats for s in found)
        if seats:
            self.assertAlmostEqual(sum(s.seats_share for s in found), 1)
            self.assertAlmostEqual(sum(s.expected for s in found), seats)

    @LAWS
    @given(networks())
    def test_parts_add_up_to_the_whole(self, network):
        members, mandates, day = network
        held = held_on(mandates, day)
        found = segments(members, held, 1)
        self.assertEqual(sum(s.seated for s in found), len(seated_members(members, held)))
        self.assertTrue(all(s.seated <= min(s.members, s.seats) for s in found))
        self.assertEqual({s.mark == "absent" for s in found if s.ratio is not None},
                         {s.seats == 0 for s in found if s.ratio is not None})  # fmt: skip

    @LAWS
    @given(networks(), st.integers(1, 4))
    def test_adding_up_the_others_changes_no_sum(self, network, most):
        members, mandates, day = network
        whole = segments(members, held_on(mandates, day), 1)
        found = [vars(segment) for segment in whole]
        folded = [vars(segment) for segment in fold(whole, most, 0.8, 1.25)]
        self.assertLessEqual(len(folded), most + 1)
        self.assertEqual(folded[:most], found[:most])
        for name in ("members", "seats", "seated"):
            self.assertEqual(sum(s[name] for s in folded), sum(s[name] for s in found))
        for segment in folded:
            if segment["ratio"] is not None:
                self.assertAlmostEqual(segment["ratio"] * segment["members_share"], segment["seats_share"])

    @LAWS
    @given(networks())
    def test_who_sits_was_represented(self, network):
        members, mandates, day = network
        never = set(never_represented(members, mandates, day))
        self.assertFalse(never & seated_members(members, held_on(mandates, day)))
