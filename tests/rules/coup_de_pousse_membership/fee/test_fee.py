"""The fee of a member: rules, bands, adjustments, prorata, rounding; the period it is owed for."""

from datetime import date
from decimal import Decimal as D
from unittest import TestCase

from coup_de_pousse_membership.calculation.common.amounts import round_to, split
from coup_de_pousse_membership.calculation.fee.fee import (
    Adjustment,
    Band,
    Case,
    Grid,
    Rule,
    Scope,
    first_figure,
    quote,
    raw_amount,
)
from coup_de_pousse_membership.calculation.fee.fee_period import (
    a_year_later,
    age_in_years,
    months_between,
    next_period,
    period,
    year_of_membership,
)
from hypothesis import given, settings
from hypothesis import strategies as st


def bands(*limits_and_amounts):
    """Rules on the budget: (lower, upper, amount)…"""
    return tuple(
        Rule(
            key=index,
            amount=D(amount),
            bands=(Band("budget", None if lower is None else D(lower), None if upper is None else D(upper)),),
        )
        for index, (lower, upper, amount) in enumerate(limits_and_amounts)
    )


def case(budget=None, category="association", **kwargs):
    figures = {"budget": D(budget)} if budget is not None else {}
    return Case(category, {**figures, **kwargs.pop("figures", {})}, **kwargs)


THREE_BANDS = Grid(bands((None, 50000, 50), (50000, 150000, 150), (150000, None, 400)))

BUDGETS = [
    ("0", 50),
    ("0.01", 50),
    ("49999.99", 50),
    ("50000", 150),
    ("50000.01", 150),
    ("149999.99", 150),
    ("150000", 400),
    ("10000000", 400),
]

RATE = Rule("rate", method="rate", basis="budget", price=D("0.001"), floor=D(40), cap=D(900))
RATES = [
    # budget, fee of 0.1 % between 40 and 900
    ("0", "40"),
    ("39999.99", "40"),
    ("40000", "40"),
    ("40010", "40.01"),
    ("40005", "40.01"),  # 40.005 rounds up
    ("40004.99", "40.00"),
    ("900000", "900"),
    ("899990", "899.99"),
    ("900010", "900"),
    ("10000000", "900"),
]

ROUNDED = [
    # amount, unit, direction, rounded
    ("10.004", "0.01", "nearest", "10.00"),
    ("10.005", "0.01", "nearest", "10.01"),
    ("10.2", "0.5", "nearest", "10"),
    ("10.25", "0.5", "nearest", "10.5"),
    ("10.5", "1", "nearest", "11"),
    ("10.01", "1", "up", "11"),
    ("10.99", "1", "down", "10"),
    ("12.5", "5", "nearest", "15"),
    ("12.49", "5", "nearest", "10"),
    ("11", "10", "up", "20"),
    ("20", "10", "up", "20"),
]

PERIODS = [
    # joined, rollover, first day, last day, months
    (None, None, "2026-01-01", "2026-12-31", 12),
    ("2020-05-05", None, "2026-01-01", "2026-12-31", 12),
    ("2026-01-01", None, "2026-01-01", "2026-12-31", 12),
    ("2026-01-31", None, "2026-01-31", "2026-12-31", 12),
    ("2026-02-01", None, "2026-02-01", "2026-12-31", 11),
    ("2026-08-31", "2026-09-01", "2026-08-31", "2026-12-31", 5),
    ("2026-09-01", "2026-09-01", "2026-09-01", "2027-12-31", 12),
    ("2026-12-31", "2026-09-01", "2026-12-31", "2027-12-31", 12),
    ("2026-12-31", None, "2026-12-31", "2026-12-31", 1),
]

YEARS = [
    # joined, first day of the period, year of membership
    (None, "2026-01-01", 1),
    ("2026-01-01", "2026-01-01", 1),
    ("2026-06-30", "2026-01-01", 1),
    ("2025-12-31", "2026-01-01", 2),
    ("2025-01-01", "2026-01-01", 2),
    ("2024-12-31", "2026-01-01", 3),
    ("2024-02-29", "2026-01-01", 3),
    ("2016-01-01", "2026-01-01", 11),
    ("2025-10-01", "2026-10-01", 2),
    ("2025-09-30", "2026-10-01", 3),
]

AGES = [
    ("2024-03-15", "2026-03-14", 1),
    ("2024-03-15", "2026-03-15", 2),
    ("2026-03-15", "2026-03-15", 0),
    ("2027-01-01", "2026-01-01", 0),
    ("2024-02-29", "2025-02-28", 1),
]


def day(text):
    return text and date.fromisoformat(text)


class TestFee(TestCase):
    def test_bands_include_their_lower_bound_only(self):
        for budget, expected in BUDGETS:
            with self.subTest(budget=budget):
                self.assertEqual(quote(THREE_BANDS, case(budget)).amount, expected)

    def test_rate_between_floor_and_cap(self):
        for budget, expected in RATES:
            with self.subTest(budget=budget):
                self.assertEqual(quote(Grid((RATE,)), case(budget)).amount, D(expected))

    def test_a_missing_figure_is_not_zero(self):
        answer = quote(THREE_BANDS, case())
        self.assertEqual((answer.problem, answer.basis), ("figure_missing", "budget"))
        self.assertIsNone(answer.amount)
        self.assertEqual(quote(THREE_BANDS, case("0")).amount, 50)

    def test_a_missing_figure_stops_even_before_a_later_fixed_rule(self):
        grid = Grid((*bands((0, 50000, 50)), Rule(key="all", amount=D(999))))
        self.assertEqual(quote(grid, case()).problem, "figure_missing")
        self.assertEqual(quote(grid, case("60000")).amount, 999)

    def test_a_figure_that_no_band_bounds_is_not_asked(self):
        answer = quote(Grid((Rule("all", amount=D(30), basis="budget"),)), case())
        self.assertEqual((answer.amount, answer.basis, answer.basis_value), (30, None, None))

    def test_the_figure_that_a_category_is_asked_for(self):
        only = {"scope": Scope(categories=frozenset({"person"}))}
        student = {"scope": Scope(tariffs=frozenset({"student"}))}
        budget = {"bands": (Band("budget", D(0)),)}
        for rules, category, expected in (
            ((), "person", None),
            ((Rule("a", **budget),), "person", "budget"),
            ((Rule("a", **only), Rule("b", **budget)), "person", None),
            ((Rule("a", **only), Rule("b", **budget)), "association", "budget"),
            ((Rule("a", **student), Rule("b", **budget)), "person", "budget"),
            ((Rule("a", bands=(Band("age", D(2)),)), Rule("b", **budget)), "person", "budget"),
            ((Rule("a", method="step", basis="employees"),), "person", "employees"),
        ):
            with self.subTest(rules=rules, category=category):
                self.assertEqual(first_figure(rules, category), expected)

    def test_first_matching_rule_wins(self):
        grid = Grid(
            (
                Rule("honorary", scope=Scope(categories=frozenset({"honorary"}))),
                Rule("all", amount=D(30)),
                Rule("never", amount=D(5)),
            )
        )
        self.assertEqual(quote(grid, case(category="honorary")).rule.key, "honorary")
        self.assertEqual(quote(grid, case()).rule.key, "all")

    def test_another_category_s_rule_asks_for_no_figure(self):
        town = Rule(
            "town",
            amount=D(500),
            scope=Scope(categories=frozenset({"town"})),
            bands=(Band("inhabitants", D(10000)),),
        )
        grid = Grid((town, Rule("association", amount=D(40))))
        self.assertEqual(quote(grid, case()).amount, 40)
        self.assertEqual(quote(grid, case(category="town", figures={"inhabitants": D(10000)})).amount, 500)

    def test_a_figure_out_of_its_band_settles_whatever_is_missing(self):
        inside = Rule("inside", scope=Scope(territories=frozenset({1})), bands=(Band("budget", upper=D(100)),))
        grid = Grid((inside, Rule("all", amount=D(40))))
        self.assertEqual(quote(grid, case("100")).amount, 40)
        self.assertEqual(quote(grid, case("99")).problem, "territory_missing")

    def test_what_no_rule_catches_is_said(self):
        self.assertEqual(quote(Grid(bands((0, 100, 10))), case("100")).problem, "no_rule")
        self.assertEqual(quote(Grid(()), case("100")).problem, "no_rule")

    def test_no_category_no_fee(self):
        self.assertEqual(quote(THREE_BANDS, case("10", category=None)).problem, "category_missing")

    def test_years_of_membership(self):
        grid = Grid(
            (
                Rule("first", amount=D(1), scope=Scope(year_to=1)),
                Rule("next two", amount=D(2), scope=Scope(year_from=2, year_to=3)),
                Rule("then", amount=D(3), scope=Scope(year_from=4)),
            )
        )
        for year, expected in ((1, 1), (2, 2), (3, 2), (4, 3), (40, 3)):
            with self.subTest(year=year):
                self.assertEqual(quote(grid, case(year=year)).amount, expected)

    def test_order_floor_then_adjustment_then_prorata_then_rounding_then_entry_fee(self):
        rule = Rule("rule", amount=D(10), floor=D(45), entry_fee=D(7))
        half = Adjustment("half", Scope(year_to=1), factor=D("0.5"))
        grid = Grid((rule,), (half,), prorata=True, rounding=(D(1), "up"))
        answer = quote(grid, case(new=True, months=7))
        # 10 -> 45 -> 22.50 -> 7/12 of it, 13.125 -> 14, and 7 to enter
        self.assertEqual(
            [step[:2] for step in answer.steps],
            [
                ("rule", 10),
                ("floor", 45),
                ("adjustment", D("22.5")),
                ("prorata", D("13.125")),
                ("rounding", 14),
            ],
        )
        self.assertEqual((answer.amount, answer.entry_fee, answer.total), (14, 7, 21))
        self.assertEqual(quote(grid, case(year=2)).amount, 45)

    def test_the_grid_s_cap_comes_after_the_rule_s(self):
        rule = Rule("rule", amount=D(1000), cap=D(900))
        self.assertEqual(quote(Grid((rule,), cap=D(800)), case()).amount, 800)
        self.assertEqual(quote(Grid((rule,), cap=D(950)), case()).amount, 900)

    def test_a_solidarity_contribution_never_makes_a_fee_negative(self):
        grid = Grid(
            (Rule("rule", amount=D(20)),),
            (Adjustment("gift", addition=D(5)), Adjustment("help", addition=D(-100))),
        )
        self.assertEqual([step[1] for step in quote(grid, case()).steps], [20, 25, 0])

    def test_monthly_fee(self):
        grid = Grid((Rule("rule", amount=D(5)),), months=1)
        for months in (1, 3, 12, 16):
            self.assertEqual(quote(grid, case(months=months)).amount, 5 * months)

    def test_a_yearly_fee_without_prorata_is_owed_whole(self):
        self.assertEqual(quote(Grid((Rule("r", amount=D(60)),)), case(months=2)).amount, 60)

    def test_rounding(self):
        for amount, unit, direction, expected in ROUNDED:
            with self.subTest(amount=amount, unit=unit, direction=direction):
                self.assertEqual(round_to(D(amount), D(unit), direction), D(expected))

    def test_rounding_never_passes_a_floor_or_a_cap(self):
        cases = [
            # unit, direction, amount, bounds of the rule and of the grid, fee
            (5, "nearest", 400, {"cap": 333}, {}, 333),
            (5, "up", 331, {"cap": 333}, {}, 333),
            (10, "up", 331, {}, {"cap": 333}, 333),
            (5, "down", 10, {"floor": 23}, {}, 23),
            (10, "nearest", 24, {}, {"floor": 23}, 23),
            (5, "nearest", 328, {"cap": 333}, {"floor": 20}, 330),
            # the floor of the rule is above the cap of the grid, which comes last
            (5, "up", 10, {"floor": 500}, {"cap": 333}, 333),
        ]
        for unit, direction, amount, of_rule, of_grid, expected in cases:
            with self.subTest(amount=amount, unit=unit, direction=direction):
                bounds = {name: D(value) for name, value in of_grid.items()}
                rule = Rule("r", D(amount), **{name: D(value) for name, value in of_rule.items()})
                found = quote(Grid((rule,), rounding=(D(unit), direction), **bounds), Case("a"))
                self.assertEqual(found.amount, expected)
                names = [step[0] for step in found.steps]
                self.assertEqual("rounding" in names, (expected in (330, 333) and amount in (328, 331)) or amount == 24)

    def test_a_reduced_fee_below_the_floor_is_rounded_freely(self):
        rule = Rule("r", D(100), floor=D(80))
        half = Adjustment("half", factor=D("0.51"))
        found = quote(Grid((rule,), (half,), rounding=(D(5), "down")), Case("a"))
        self.assertEqual(found.amount, 50)


class TestPeriod(TestCase):
    def test_a_year_of_membership_is_a_membership_not_a_calendar_year(self):
        """Case 21: joined on 15 November 2026 with 2027 included; 2028 is the second year."""
        joined, long = date(2026, 11, 15), ((date(2026, 11, 15), date(2027, 12, 31)),)
        for year, expected in ((2026, 1), (2028, 2), (2029, 3)):
            with self.subTest(year=year):
                self.assertEqual(year_of_membership(joined, date(year, 1, 1), long), expected)
        # who joined before, and again with the next period included, is counted by its last joining as well
        self.assertEqual(year_of_membership(date(2020, 3, 1), date(2028, 1, 1), long), 8)
        self.assertEqual(year_of_membership(date(2028, 1, 1), date(2029, 1, 1), long), 2)
        self.assertEqual(year_of_membership(joined, date(2028, 9, 1), ((joined, date(2028, 8, 31)),)), 2)

    def test_periods_end_on_the_eve_or_on_the_month_s_last_day(self):
        cases = [
            # a period, the one that follows, the same a year later
            ("2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31", "2027-01-01", "2027-12-31"),
            ("2026-09-01", "2027-08-31", "2027-09-01", "2028-08-31", "2027-09-01", "2028-08-31"),
            ("2026-03-01", "2027-02-28", "2027-03-01", "2028-02-29", "2027-03-01", "2028-02-29"),
            ("2028-02-29", "2029-02-28", "2029-03-01", "2030-02-28", "2029-03-01", "2030-02-28"),
            ("2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01", "2027-06-30"),
            ("2026-06-15", "2026-09-14", "2026-09-15", "2026-12-14", "2027-06-15", "2027-09-14"),
            ("2027-09-01", "2028-02-29", "2028-03-01", "2028-08-31", "2028-09-01", "2029-02-28"),
        ]
        for days in cases:
            first, last, *expected = map(date.fromisoformat, days)
            with self.subTest(first=first, last=last):
                self.assertEqual([*next_period(first, last), *a_year_later(first, last)], expected)

    def test_period(self):
        for joined, rollover, start, end, months in PERIODS:
            with self.subTest(joined=joined, rollover=rollover):
                found = period(date(2026, 1, 1), date(2026, 12, 31), day(joined), day(rollover))
                self.assertEqual((found.start, found.end, found.months), (day(start), day(end), months))

    def test_year_of_membership(self):
        for joined, first, expected in YEARS:
            with self.subTest(joined=joined, first=first):
                self.assertEqual(year_of_membership(day(joined), day(first)), expected)

    def test_age(self):
        for founded, today, expected in AGES:
            with self.subTest(founded=founded, today=today):
                self.assertEqual(age_in_years(day(founded), day(today)), expected)


AMOUNTS = st.decimals(0, 10**6, places=2)
FIGURE = st.decimals(0, 10**8, places=2)


@st.composite
def rules(draw):
    floor = draw(st.none() | AMOUNTS)
    cap = draw(st.none() | AMOUNTS)
    if floor is not None and cap is not None:
        floor, cap = sorted((floor, cap))
    return Rule(
        "any",
        amount=draw(AMOUNTS),
        method=draw(st.sampled_from(["fixed", "rate", "unit", "step", "free"])),
        basis="budget",
        price=draw(st.decimals(0, 100, places=4)),
        threshold=draw(st.decimals(0, 10**6, places=0)),
        step=draw(st.decimals(1, 1000, places=0)),
        floor=floor,
        cap=cap,
        entry_fee=draw(AMOUNTS),
    )


ADJUSTMENTS = st.builds(
    Adjustment,
    key=st.just("any"),
    factor=st.decimals(0, 2, places=2),
    addition=st.decimals(-1000, 1000, places=2),
)


class TestLaws(TestCase):
    @settings(max_examples=300, deadline=None)
    @given(rules(), st.lists(ADJUSTMENTS, max_size=3), st.integers(1, 16), st.booleans(), FIGURE, st.booleans())
    def test_never_negative(self, rule, adjustments, months, prorata, budget, new):
        grid = Grid((rule,), tuple(adjustments), prorata=prorata)
        answer = quote(grid, case(budget, months=months, new=new))
        self.assertGreaterEqual(answer.amount, 0)
        self.assertGreaterEqual(answer.total, answer.amount)
        self.assertEqual(answer.amount, round(answer.amount, 2))

    @settings(max_examples=300, deadline=None)
    @given(rules(), FIGURE)
    def test_floor_and_cap_hold(self, rule, budget):
        amount = quote(Grid((rule,)), case(budget)).amount
        if rule.floor is not None:
            self.assertGreaterEqual(amount, rule.floor)
        if rule.cap is not None:
            self.assertLessEqual(amount, rule.cap)

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(st.integers(1, 10**7), min_size=1, max_size=8, unique=True),
        st.lists(st.integers(0, 10**4), min_size=9, max_size=9),
        FIGURE,
        FIGURE,
    )
    def test_rising_bands_never_charge_a_smaller_budget_more(self, limits, amounts, one, other):
        limits, amounts = sorted(limits), sorted(amounts)
        bounds = [None, *limits, None]
        grid = Grid(bands(*zip(bounds, bounds[1:], amounts, strict=False)))
        low, high = sorted((one, other))
        self.assertLessEqual(quote(grid, case(low)).amount, quote(grid, case(high)).amount)

    @settings(max_examples=200, deadline=None)
    @given(rules(), FIGURE, FIGURE)
    def test_a_rule_alone_never_charges_a_smaller_figure_more(self, rule, one, other):
        low, high = sorted((one, other))
        self.assertLessEqual(raw_amount_or_zero(rule, low), raw_amount_or_zero(rule, high))

    @settings(max_examples=300, deadline=None)
    @given(
        st.decimals(0, 10**6, places=2),
        st.lists(st.integers(0, 1000), min_size=1, max_size=6).filter(any),
    )
    def test_shares_sum_to_the_total(self, amount, weights):
        parts = split(amount, [D(weight) for weight in weights])
        self.assertEqual(sum(parts), amount)
        for part, weight in zip(parts, weights, strict=True):
            exact = amount * weight / sum(weights)
            self.assertLess(abs(part - exact), D("0.01"))

    @settings(max_examples=200, deadline=None)
    @given(rules(), FIGURE)
    def test_twelve_months_are_the_whole(self, rule, budget):
        whole = quote(Grid((rule,)), case(budget)).amount
        self.assertEqual(quote(Grid((rule,), prorata=True), case(budget, months=12)).amount, whole)

    @settings(max_examples=200, deadline=None)
    @given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.dates(date(2000, 1, 1), date(2050, 1, 1)))
    def test_months_add_up(self, one, other):
        start, end = sorted((one, other))
        cut = start.replace(day=1)
        self.assertEqual(months_between(start, end), months_between(cut, end))
        self.assertGreaterEqual(months_between(start, end), 1)


def raw_amount_or_zero(rule, budget):
    return raw_amount(rule, case(budget)) or D(0)
