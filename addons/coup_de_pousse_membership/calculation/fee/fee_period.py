"""From when to when a fee counts, and how many years somebody has been a member."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from ..common.terms import last_day


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


def next_period(first, last):
    """Return the first and last day of the period that follows one, as long as it is.

    Whole months stay whole months: after 1 March 2026 to 28 February 2027, the next one ends on 29
    February 2028.
    """
    start = last + timedelta(days=1)
    months = months_between(first, last)
    for length in (months, months - 1):  # from 15 June to 14 September are 3 months, which touch 4
        if length and last_day(first, length) == last:
            return start, last_day(start, length)
    return start, start + relativedelta(start, first) - timedelta(days=1)


def a_year_later(first, last):
    """Return the first and last day of a period, one year later; whole months stay whole months."""
    if last_day(first, 12) == last:
        return next_period(first, last)
    year = relativedelta(years=1)
    return first + year, last + timedelta(days=1) + year - timedelta(days=1)


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
        return Period(joined, next_period(first, last)[1], whole)
    return Period(joined, last, months_between(joined, last))


@lru_cache(maxsize=4096)
def year_of_membership(joined, first, long=()):
    """Count the year of membership that begins on ``first``: 1 for who joins then or later.

    A period begun counts: who joined on 31 December is in its second year on 1 January. A membership counts
    for one year, however long it was: who joined in November with the next period included is in its second
    year when that one is over.

    :param long: (first day, last day) of each membership before that was longer than a year.
    """
    if joined is None or joined >= first:
        return 1
    passed = sum(_years_begun(start, end + timedelta(days=1)) - 1 for start, end in long if joined <= start < first)
    return max(1 + _years_begun(joined, first) - passed, 1)


def _years_begun(start, end):
    """Count the years begun between two days: 1 year and 1 day are 2."""
    years = relativedelta(end, start).years
    return years if start + relativedelta(years=years) == end else years + 1


@lru_cache(maxsize=4096)
def age_in_years(founded_on, day):
    """Count the full years since the foundation; 0 in the first year and before it."""
    return max(relativedelta(day, founded_on).years, 0)
