"""Parts of an amount that sum to it, to the cent."""

from decimal import ROUND_FLOOR, Decimal


def split(total, weights, rounding=0.01):
    """Share an amount in proportion to weights.

    Each part is rounded down to the currency's smallest unit; what is left goes, one unit each, to the
    parts that lost most by rounding (the first one where two lost as much). So the parts sum to the
    total exactly, none is more than one unit away from its exact value, and equal weights differ by no
    more than one unit.

    :param total: amount to share, 0 or more.
    :param weights: one number of 0 or more for each part; their sum is more than 0.
    :param rounding: the currency's smallest unit, such as 0.01.
    :return: list of the parts, in the order of the weights.
    :raise ValueError: if an amount or a weight is below 0, or if there is nothing to share by.
    """
    unit = Decimal(str(rounding))
    exact_weights = [Decimal(str(weight)) for weight in weights]
    whole = sum(exact_weights)
    if total < 0 or any(weight < 0 for weight in exact_weights) or whole <= 0:
        raise ValueError((total, weights))
    units = int((Decimal(str(total)) / unit).to_integral_value())
    exact = [units * weight / whole for weight in exact_weights]
    parts = [int(part.to_integral_value(ROUND_FLOOR)) for part in exact]
    by_loss = sorted(range(len(parts)), key=lambda rank: (parts[rank] - exact[rank], rank))
    for rank in by_loss[: units - sum(parts)]:
        parts[rank] += 1
    return [float(part * unit) for part in parts]
