"""The rhythm of a body's meetings: the days of a series, and since when the next one is overdue."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

WEEK = 7


def series(first, months, count, keep="weekday"):
    """Return the moments of a series.

    :param first: date or datetime of the first meeting.
    :param months: months between two meetings, from 1.
    :param count: number of meetings.
    :param keep: ``weekday``: the same one of the month (“the second Tuesday”; a fifth one becomes the last);
        ``day``: the same day of the month, or its last one where it has none.
    """
    moments = [first + relativedelta(months=months * rank) for rank in range(count)]
    if keep == "day":
        return moments
    return [_same_weekday(moment, first) for moment in moments]


def _same_weekday(moment, first):
    """Return the day of the moment's month that is the same weekday, in the same week of it, as a first one."""
    start = moment.replace(day=1)
    day = start + timedelta(days=(first.weekday() - start.weekday()) % WEEK + (first.day - 1) // WEEK * WEEK)
    return day if day.month == start.month else day - timedelta(days=WEEK)


def due_on(held, months, since=None):
    """Return the day until which the next meeting is to be held, or None where the body meets on demand.

    :param held: day of the last meeting held, or None.
    :param months: rhythm of the body; 0: on demand.
    :param since: first day of the body, for one that never met; None: unknown.
    """
    start = held or since
    return start + relativedelta(months=months) if months and start else None


def is_late(due, today, planned=None):
    """Return whether the rhythm is not kept: the day is over, or the meeting that is planned comes after it."""
    if due is None:
        return False
    return today > due or (planned is not None and planned > due)
