"""Days planned for a phase, month by month."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from .shares import split


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


def weekdays(first, last):
    """Return how many days from Monday to Friday there are between two days, both included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return 5 * weeks + sum((first.weekday() + extra) % 7 < 5 for extra in range(rest))


def spread(first, last, days):
    """Share days of work among the months of a period, in proportion to their weekdays.

    Public holidays are not looked at. A period of Saturdays and Sundays alone counts its own days.

    :param first: first day of the period.
    :param last: its last day, not before the first.
    :param days: days of work, 0 or more, in hundredths at the finest.
    :return: {first day of the month: days of work}; they sum to ``days`` exactly.
    """
    months = []
    while first <= last:
        following = first.replace(day=1) + relativedelta(months=1)
        months.append((first, min(last, following - timedelta(days=1))))
        first = following
    weights = [weekdays(*month) for month in months]
    if not any(weights):
        weights = [(end - start).days + 1 for start, end in months]
    parts = split(days, weights)
    return {start.replace(day=1): part for (start, _end), part in zip(months, parts, strict=True)}
