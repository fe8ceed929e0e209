"""Terms and periods of so many months: their last day.

Such a term ends on the eve of the same day of the month; where that month has no such day, on its last
one. A term of six months from 31 August ends on 28 February, not a day earlier.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta


def last_day(first, months):
    """Return the last day of a term.

    :param first: its first day.
    :param months: how long it lasts.
    """
    same_day = first + relativedelta(months=months)
    return same_day if same_day.day < first.day else same_day - timedelta(days=1)
