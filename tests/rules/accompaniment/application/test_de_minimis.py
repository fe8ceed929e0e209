"""De minimis aid over three rolling years."""

from datetime import date

import pytest
from accompaniment.calculation.application.de_minimis import first_day, used
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
GRANTS = st.lists(st.tuples(DAYS, st.integers(0, 10**6)))


@pytest.mark.parametrize(
    ("granted", "day", "counts"),
    [
        (date(2024, 3, 2), date(2027, 3, 1), True),
        (date(2024, 3, 2), date(2027, 3, 2), False),
        (date(2024, 2, 29), date(2027, 2, 27), True),
        (date(2027, 3, 1), date(2027, 3, 1), True),
        (date(2027, 3, 2), date(2027, 3, 1), False),
    ],
)
def test_which_aid_counts(granted, day, counts):
    assert used([(granted, 100)], day) == (100 if counts else 0)


def test_three_years_end_the_day_before():
    assert first_day(date(2027, 12, 31)) == date(2025, 1, 1)


@given(GRANTS, DAYS)
def test_order_is_irrelevant_and_more_never_counts_less(grants, day):
    assert used(grants, day) == used(list(reversed(grants)), day)
    assert used(grants, day) <= used([*grants, (day, 1)], day)
