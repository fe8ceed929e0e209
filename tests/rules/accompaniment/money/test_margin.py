"""The margin that a mission will leave."""

import pytest
from accompaniment.calculation.money.margin import forecast_margin
from hypothesis import given
from hypothesis import strategies as st

AMOUNTS = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("price", "cost", "days_left", "day_costs", "expected"),
    [
        (9600, 1200, 9, [350], 5250),
        (9600, 1200, 9, [300, 400], 5250),
        (9600, 1200, 0, [], 8400),
        (9600, 9900, -0.5, [350], -300),
        (9600, 0, 12, [], None),
        (9600, 0, 12, [350, None], None),
        (0, 0, 2, [0], 0),
    ],
)
def test_forecast(price, cost, days_left, day_costs, expected):
    assert forecast_margin(price, cost, days_left, day_costs) == expected


@given(AMOUNTS, AMOUNTS, st.integers(0, 60), st.lists(AMOUNTS, min_size=1, max_size=4), st.integers(1, 30))
def test_more_days_to_work_never_leave_more(price, cost, days_left, day_costs, more):
    assert forecast_margin(price, cost, days_left + more, day_costs) <= forecast_margin(
        price, cost, days_left, day_costs
    )
