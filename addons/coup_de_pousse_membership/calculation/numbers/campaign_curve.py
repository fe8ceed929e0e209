"""Amounts called and collected, week by week from the day of the calls, each added to those before."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class WeeklyCurve:
    """Sums at the end of each week: ``points[0]`` is the first week, that of the calls."""

    points: tuple


def week_of(day, first):
    """Return the week of a day, 0 for the seven days from ``first`` on; what came before counts as week 0."""
    return max((day - first).days, 0) // 7


def cumulate(entries, first, until):
    """Add amounts up by week.

    :param entries: (day, Decimal amount); amounts may be negative (a payment taken back).
    :param first: day of the calls.
    :param until: last day shown; later entries are left out.
    :return: a :class:`WeeklyCurve` with one point for each week from ``first`` to ``until``; none if
        ``until`` comes before.
    """
    if until < first:
        return WeeklyCurve(())
    sums = [Decimal(0)] * (week_of(until, first) + 1)
    for day, amount in entries:
        if day <= until:
            sums[week_of(day, first)] += amount
    total, points = Decimal(0), []
    for amount in sums:
        total += amount
        points.append(total)
    return WeeklyCurve(tuple(points))
