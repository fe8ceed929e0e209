"""A progressive fee: each part of the figure at the rate of its bracket."""

from decimal import Decimal as D

import pytest
from coup_de_pousse_membership.calculation.fee.fee import Bracket, Case, Grid, Rule, quote, raw_amount
from hypothesis import given
from hypothesis import strategies as st

#: 0.2 % up to 50,000, 0.1 % up to 200,000, 0.05 % above.
BRACKETS = tuple(Bracket(D(start), D(rate)) for start, rate in ((0, "0.002"), (50_000, "0.001"), (200_000, "0.0005")))
RULE = Rule(1, method="brackets", basis="budget", brackets=BRACKETS)
NUMBERS = st.decimals(0, 10_000_000, places=2)


def fee(budget, rule=RULE):
    return raw_amount(rule, Case("association", {"budget": D(budget)}))


@pytest.mark.parametrize(
    ("budget", "amount"),
    [(0, 0), (10_000, 20), (50_000, 100), (60_000, 110), (200_000, 250), (300_000, 300), ("200000.01", "250.000005")],
)
def test_each_part_has_its_rate(budget, amount):
    assert fee(budget) == D(amount)


def test_below_the_first_bracket_only_the_amount_is_owed():
    rule = Rule(1, amount=D(30), method="brackets", basis="budget", brackets=BRACKETS[1:])
    assert (fee(20_000, rule), fee(60_000, rule)) == (30, 40)


def test_the_figure_must_be_known_and_the_bounds_hold():
    grid = Grid((Rule(1, method="brackets", basis="budget", brackets=BRACKETS, floor=D(50), cap=D(275)),))
    assert quote(grid, Case("association")).problem == "figure_missing"
    amounts = [quote(grid, Case("association", {"budget": D(budget)})).amount for budget in (1000, 60_000, 10**6)]
    assert amounts == [50, 110, 275]


@given(NUMBERS, NUMBERS)
def test_a_higher_figure_never_costs_less_and_never_jumps(one, other):
    low, high = sorted((one, other))
    assert 0 <= fee(high) - fee(low) <= (high - low) * max(bracket.rate for bracket in BRACKETS)


@given(NUMBERS, NUMBERS)
def test_a_cut_where_the_rate_stays_changes_nothing(budget, cut):
    rate = BRACKETS[-1].rate
    cut += BRACKETS[-1].starts_from + 1
    finer = Rule(1, method="brackets", basis="budget", brackets=(*BRACKETS, Bracket(cut, rate)))
    assert fee(budget, finer) == fee(budget)
