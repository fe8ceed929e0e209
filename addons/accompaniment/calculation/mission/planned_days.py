"""Days planned for a phase, month by month."""

from datetime import timedelta

from .months import next_month


def period(phase, mission):
    """Return the first and last day of a phase, or None where no date is known.

    A date that the phase does not say is the mission's. One date alone stands for both, and so does the
    phase's own where the mission's would put the end before the start.

    :param phase: (first day, last day) of the phase, None or False where not said.
    :param mission: the same of its mission.
    """
    first, last = (own or whole for own, whole in zip(phase, mission, strict=True))
    first, last = first or last, last or first
    if not first:
        return None
    if first > last:
        first = last = phase[0] or phase[1]
    return first, last


def workdays(first, last, closed=()):
    """Return how many days from Monday to Friday there are between two days, both included, less those closed."""
    weeks, rest = divmod((last - first).days + 1, 7)
    start = first.weekday()
    # Of the days left over, those before the first Saturday and those after its Sunday.
    weekdays = 5 * weeks + min(rest, max(0, 5 - start)) + max(0, start + rest - 7)
    return weekdays - sum(first <= day <= last and day.weekday() < 5 for day in closed)


def spread(first, last, days, closed=()):
    """Share days of work among the months of a period, in proportion to their days of work.

    A period of Saturdays, Sundays and closed days alone counts its own days. Each month takes what is due
    at its end less what the months before it took, so nothing is lost by rounding.

    :param first: first day of the period.
    :param last: its last day, not before the first.
    :param days: days of work, 0 or more, in hundredths at the finest.
    :param closed: set of days on which nobody works: public holidays, closing of the association.
    :return: {first day of the month: days of work}; they sum to ``days`` exactly.
    """
    hundredths = round(days * 100)
    whole = workdays(first, last, closed)
    count = workdays if whole else _all_days
    whole = whole or _all_days(first, last, closed)
    parts, taken = {}, 0
    month = first.replace(day=1)
    while month <= last:
        following = next_month(month)
        due = hundredths * count(first, min(last, following - timedelta(days=1)), closed) // whole
        parts[month] = (due - taken) / 100
        month, taken = following, due
    return parts


def _all_days(first, last, _closed):
    return (last - first).days + 1
