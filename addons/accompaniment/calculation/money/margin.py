"""What a mission will leave once the days that are planned are worked."""


def forecast_margin(price, cost, days_left, day_costs):
    """Return the margin that is to be expected at the end of a mission, or None where it is not known.

    :param price: what the co-funders pay.
    :param cost: what the mission cost so far: days worked, and purchases.
    :param days_left: days planned and not worked yet; those worked beyond the plan are in the cost.
    :param day_costs: cost of a day of each person who leads the mission; None where it is not known.
    """
    if days_left <= 0:
        return price - cost
    if not day_costs or any(day_cost is None for day_cost in day_costs):
        return None
    return price - cost - days_left * sum(day_costs) / len(day_costs)
