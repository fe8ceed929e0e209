from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..calculation.fee import Case, Rule, quote


def bands(*limits_and_amounts):
    """Rules on the budget: (lower, upper, amount)…"""
    return [
        Rule(
            key=index,
            amount=Decimal(amount),
            basis="budget",
            lower=None if lower is None else Decimal(lower),
            upper=None if upper is None else Decimal(upper),
        )
        for index, (lower, upper, amount) in enumerate(limits_and_amounts)
    ]


def case(budget=None, category="association", **figures):
    if budget is not None:
        figures["budget"] = Decimal(budget)
    return Case(category, figures)


GRID = bands((None, 50000, 50), (50000, 150000, 150), (150000, None, 400))

AMOUNTS = [
    ("0", 50),
    ("0.01", 50),
    ("49999.99", 50),
    ("50000", 150),
    ("50000.01", 150),
    ("149999.99", 150),
    ("150000", 400),
    ("10000000", 400),
]


class TestFee(BaseCase):
    def test_bands_include_their_lower_bound_only(self):
        for budget, expected in AMOUNTS:
            with self.subTest(budget=budget):
                self.assertEqual(quote(GRID, case(budget)).amount, expected)

    def test_a_missing_figure_is_not_zero(self):
        answer = quote(GRID, case())
        self.assertEqual((answer.problem, answer.basis), ("figure_missing", "budget"))
        self.assertIsNone(answer.amount)
        self.assertEqual(quote(GRID, case("0")).amount, 50)

    def test_a_missing_figure_stops_even_before_a_later_fixed_rule(self):
        rules = [*bands((0, 50000, 50)), Rule(key="all", amount=Decimal(999))]
        self.assertEqual(quote(rules, case()).problem, "figure_missing")
        self.assertEqual(quote(rules, case("60000")).amount, 999)

    def test_first_matching_rule_wins(self):
        rules = [
            Rule(key="honorary", amount=Decimal(0), categories=frozenset({"honorary"})),
            Rule(key="all", amount=Decimal(30)),
            Rule(key="never", amount=Decimal(5)),
        ]
        self.assertEqual(quote(rules, case(category="honorary")).rule.key, "honorary")
        self.assertEqual(quote(rules, case()).rule.key, "all")

    def test_another_category_s_rule_asks_for_no_figure(self):
        rules = [
            Rule(
                key="town",
                amount=Decimal(500),
                categories=frozenset({"town"}),
                basis="inhabitants",
                lower=Decimal(10000),
            ),
            Rule(key="association", amount=Decimal(40), categories=frozenset({"association"})),
        ]
        self.assertEqual(quote(rules, case()).amount, 40)
        self.assertEqual(
            quote(rules, case(category="town", inhabitants=Decimal(10000))).amount, 500
        )

    def test_what_no_rule_catches_is_said(self):
        self.assertEqual(quote(bands((0, 100, 10)), case("100")).problem, "no_rule")
        self.assertEqual(quote([], case("100")).problem, "no_rule")

    def test_no_category_no_fee(self):
        self.assertEqual(quote(GRID, case("10", category=None)).problem, "category_missing")

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(st.integers(1, 10**7), min_size=1, max_size=8, unique=True),
        st.lists(st.integers(0, 10**4), min_size=9, max_size=9),
        st.decimals(0, 10**7, places=2),
        st.decimals(0, 10**7, places=2),
    )
    def test_rising_bands_never_charge_a_smaller_budget_more(self, limits, amounts, one, other):
        limits, amounts = sorted(limits), sorted(amounts)
        bounds = [None, *limits, None]
        rules = bands(
            *(
                (lower, upper, amount)
                for lower, upper, amount in zip(bounds, bounds[1:], amounts, strict=False)
            )
        )
        low, high = sorted((one, other))
        self.assertLessEqual(quote(rules, case(low)).amount, quote(rules, case(high)).amount)
