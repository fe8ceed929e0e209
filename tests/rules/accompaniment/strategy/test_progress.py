"""How far an objective has come."""

import pytest
from accompaniment.calculation.strategy.progress import progress
from hypothesis import given
from hypothesis import strategies as st

VALUES = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("start", "target", "value", "expected"),
    [
        (0.6, 0.4, 0.5, 0.5),
        (0, 10, 10, 1),
        (0, 10, 12, 1),
        (0, 10, -1, 0),
        (0.6, 0.4, 0.7, 0),
        (5, 5, 5, 1),
        (0, 10, None, None),
    ],
)
def test_progress(start, target, value, expected):
    assert progress(start, target, value) == pytest.approx(expected) if expected is not None else True
    assert (progress(start, target, value) is None) == (expected is None)


@given(VALUES, VALUES, VALUES)
def test_it_lies_between_nothing_and_all(start, target, value):
    assert 0 <= progress(start, target, value) <= 1


@given(VALUES, VALUES)
def test_the_beginning_is_nothing_and_the_target_all(start, target):
    assert progress(start, target, target) == 1
    assert target == start or progress(start, target, start) == 0
