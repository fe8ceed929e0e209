"""Amounts of money: rounded to a multiple of a unit, and shared out so that the parts sum to the whole."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ROUNDINGS = {"nearest": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}


def decimal(number):
    """Return a number of the database as a :class:`~decimal.Decimal`; None for an optional one left empty."""
    return None if number is False or number is None else Decimal(str(number))


def round_to(amount, unit, direction):
    """Round to a multiple of ``unit`` (0.01, 0.5, 1, 5…), ``direction`` one of :data:`ROUNDINGS`."""
    return (amount / unit).to_integral_value(ROUNDINGS[direction]) * unit


def split(amount, weights, unit=CENT):
    """Share an amount in proportion to weights, so that the parts sum to it exactly.

    Each part is rounded down to a multiple of ``unit``; what is left goes, one unit each, to the parts
    that lost most by rounding (the first one where two lost as much). So no part is a whole unit away
    from its exact value, and equal weights differ by no more than one unit.

    :param amount: :class:`~decimal.Decimal`, a multiple of ``unit``.
    :param weights: one number of 0 or more for each part (:class:`~decimal.Decimal` or int), whose sum is
        more than 0.
    :return: list of the parts, in the order of the weights.
    :raise ValueError: if a weight is below 0, or if there is nothing to share by.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError((amount, weights))
    units = amount / unit
    exact = [units * weight / whole for weight in weights]
    parts = [int(part.to_integral_value(ROUND_FLOOR)) for part in exact]
    by_loss = sorted(range(len(parts)), key=lambda rank: (parts[rank] - exact[rank], rank))
    for rank in by_loss[: int(units - sum(parts))]:
        parts[rank] += 1
    return [part * unit for part in parts]


def split_float(total, weights, rounding=0.01):
    """Share an amount of the database as :func:`split` does.

    :param total: amount of 0 or more; taken to the nearest multiple of ``rounding``.
    :param weights: one number of 0 or more for each part, whose sum is more than 0.
    :param rounding: the currency's smallest unit, such as 0.01.
    :return: list of the parts as floats, in the order of the weights.
    :raise ValueError: if an amount or a weight is below 0, or if there is nothing to share by.
    """
    if total < 0:
        raise ValueError((total, weights))
    unit = decimal(rounding)
    amount = (decimal(total) / unit).to_integral_value() * unit
    return [float(part) for part in split(amount, [decimal(weight) for weight in weights], unit)]
