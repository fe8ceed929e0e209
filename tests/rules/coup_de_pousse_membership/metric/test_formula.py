"""Formulas of figures: what is read, what they come to, and how a spreadsheet writes them."""

import pytest
from coup_de_pousse_membership.calculation.metric.formula import FormulaError, codes, evaluate, reach, to_cell
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = st.integers(-(10**6), 10**6)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a", 3),
        ("a + b", 5),
        ("a - b + c", 1),
        ("a / b", 1.5),
        ("a / (a + b)", 0.6),
        ("(a + b) / (b - a)", -5),
        ("a / c", None),
        ("a + unknown", None),
        ("a + missing", None),
    ],
)
def test_it_comes_to(formula, expected):
    assert evaluate(formula, {"a": 3, "b": 2, "c": 0, "unknown": None}) == expected


@pytest.mark.parametrize("formula", ["", "a b", "a / b / c", "a *b", "2 * a", "a / ", "__import__", "a; b"])
def test_anything_else_is_refused(formula):
    with pytest.raises(FormulaError):
        evaluate(formula, {"a": 1, "b": 1, "c": 1})


def test_codes_in_their_order():
    assert codes("renewed / (renewed + left)") == ["renewed", "renewed", "left"]


def test_as_a_spreadsheet_writes_it():
    cells = {"a": "B3", "b": "B4"}
    assert to_cell("a - b", cells) == '=IFERROR(B3-B4, "–")'
    assert to_cell("a / (a + b)", cells) == '=IFERROR((B3)/(B3+B4), "–")'


@given(st.permutations(["d", "e", "f", "g", "h"]))
def test_what_is_reached_does_not_depend_on_the_order(order):
    formulas = {"d": "a + b", "e": "d / a", "f": "e - missing", "g": "h + a", "h": "g + a"}
    reached = reach({"a", "b"}, {code: formulas[code] for code in order})
    assert reached == ["d", "e"]


@given(NUMBERS, NUMBERS)
def test_a_share_and_the_rest_make_one(part, rest):
    values = {"a": part, "b": rest}
    shares = [evaluate(formula, values) for formula in ("a / (a + b)", "b / (a + b)")]
    assert shares == [None, None] if part + rest == 0 else sum(shares) == pytest.approx(1)
