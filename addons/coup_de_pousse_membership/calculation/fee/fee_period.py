"""From when to when a fee counts, and how many years somebody has been a member."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Period:
    """First and last day of a membership (both included), and the months that its fee is owed for."""

    start: date
    end: date
    months: int


def months_between(start, end):
    """Count the months that a period touches: a month begun counts whole.

    15 June to 31 December is 7 months, 1 January to 31 December is 12.
    """
    return (end.year - start.year) * 12 + end.month - start.month + 1


@lru_cache(maxsize=4096)  # thousands of members have joined on few days
def period(first, last, joined, rollover_from=None):
    """Give the days and months of a membership that starts during a grid's period.

    :param first: the grid's first day.
    :param last: the grid's last day.
    :param joined: day of joining for a new member; None (or a day before ``first``) for a renewal.
    :param rollover_from: who joins from that day on is a member until the end of the next period, for
        the fee of one whole period.
    """
    whole = months_between(first, last)
    if joined is None or joined <= first:
        return Period(first, last, whole)
    if rollover_from is not None and joined >= rollover_from:
        length = relativedelta(last + timedelta(days=1), first)
        return Period(joined, last + timedelta(days=1) + length - timedelta(days=1), whole)
    return Period(joined, last, months_between(joined, last))


@lru_cache(maxsize=4096)
def year_of_membership(joined, first):
    """Count the year of membership that begins on ``first``: 1 for who joins then or later.

    A period begun counts: who joined on 31 December is in its second year on 1 January.
    """
    if joined is None or joined >= first:
        return 1
    years = relativedelta(first, joined).years
    exact = joined + relativedelta(years=years) == first
    return 1 + years + (0 if exact else 1)


@lru_cache(maxsize=4096)
def age_in_years(founded_on, day):
    """Count the full years since the foundation; 0 in the first year and before it."""
    return max(relativedelta(day, founded_on).years, 0)
