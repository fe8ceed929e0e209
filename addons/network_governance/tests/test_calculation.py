"""The plain modules: tables of cases, and laws that hold for whatever comes in."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ..calculation.body.functions_matrix import review
from ..calculation.declaration import officers
from ..calculation.forecast import forecast
from ..calculation.mandate import lots
from ..calculation.mandate.mandate_checks import Facts, objections
from ..calculation.representativeness.representativeness import (
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


class TestRepresentativenessCases(BaseCase):
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


class TestRepresentativenessLaws(BaseCase):
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
        found = [vars(segment) for segment in segments(members, held_on(mandates, day), 1)]
        folded = fold(found, most, 0.8, 1.25)
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


class TestForecastCases(BaseCase):
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


class TestLots(BaseCase):
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
        terms = [lots.first_term(first, 36, group) for group in (1, 2, 3)]
        self.assertEqual(terms, [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)])


class TestOfficers(BaseCase):
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
        for earlier, later in zip(merged, merged[1:], strict=False):
            self.assertGreater(later[0], earlier[1] + timedelta(days=1))
        for day in {edge for span in spans for edge in span}:
            self.assertTrue(any(first <= day <= last for first, last in merged))


class TestOtherRules(BaseCase):
    def test_matrix(self):
        gaps, duplicates = review([("A", 1, "de"), ("B", 1, "e"), ("C", 2, "")], "def")
        self.assertEqual(gaps, {1: ["f"], 2: ["d", "e", "f"]})
        self.assertEqual(duplicates, {(1, "e"): ["A", "B"]})

    def test_objections(self):
        structure = {"college": 1, "territories": {7, 70}, "category": 3, "up_to_date": False}
        cases = [
            ({}, []),
            ({"conditions": {"up_to_date": True}}, ["not_member"]),
            ({"structure": structure, "conditions": {"college": 1, "territory": 70, "categories": (3,)}}, []),
            ({"structure": structure, "conditions": {"college": 2}}, ["college"]),
            ({"structure": structure, "conditions": {"territory": 8, "up_to_date": True}},
             ["territory", "not_up_to_date"]),
            ({"structure": structure, "conditions": {"categories": (4,)}}, ["category"]),
            ({"seats": 3, "most": 3}, []),
            ({"seats": 4, "most": 3}, ["too_many"]),
            ({"seats": 9, "most": 0}, []),
            ({"seats_of_structure": 2, "incompatible": ("X",)}, ["structure_twice", "incompatible"]),
            ({"over_maximum": True}, ["over_maximum"]),
            ({"offices": ("president", "secretary")}, []),
            ({"offices": ("treasurer", "president")}, ["president_treasurer"]),
        ]  # fmt: skip
        for values, expected in cases:
            with self.subTest(values=values):
                self.assertEqual(objections(Facts(**values)), expected)
