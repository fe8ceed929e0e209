"""Days planned for a phase, month by month, and the public holidays on which nobody works.

The holidays are computed here and not by the library ``holidays``: Odoo's official image, on which the addons
run as they are, does not contain it, and it is 14 MB for eleven dates. From 1990 to 2099 it gives the same days
for metropolitan France, but for the Pentecost Mondays of 2005 to 2007.
"""

from datetime import date, timedelta

from dateutil.easter import easter

from .months import next_month

#: Month and day of the holidays that do not move, and days after Easter of those that do.
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)


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


def french_holidays(year):
    """Return the eleven public holidays of a year in France (code du travail, art. L3133-1).

    Those of Alsace-Moselle and overseas are not among them.
    """
    fixed = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
    return fixed | {easter(year) + timedelta(days=days) for days in AFTER_EASTER}


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
