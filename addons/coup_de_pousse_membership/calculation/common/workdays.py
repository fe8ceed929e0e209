"""Days of work, and the public holidays on which nobody works.

The holidays are computed here and not by the library ``holidays``: Odoo's official image, on which the addons
run as they are, does not contain it, and it is 14 MB for eleven dates. From 1990 to 2099 it gives the same days
for metropolitan France, but for the Pentecost Mondays of 2005 to 2007.
"""

from datetime import date, timedelta

from dateutil.easter import easter

#: Month and day of the holidays that do not move, and days after Easter of those that do.
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)


def french_holidays(year):
    """Return the eleven public holidays of a year in France (code du travail, art. L3133-1).

    Those of Alsace-Moselle and overseas are not among them.
    """
    fixed = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
    return fixed | {easter(year) + timedelta(days=days) for days in AFTER_EASTER}


def add_workdays(day, count, closed=()):
    """Return the day that lies so many days of work after another.

    :param day: the day to count from; it is not counted itself.
    :param count: days of work, 0 or more; 0: the day itself.
    :param closed: set of days on which nobody works, wide enough.
    """
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in closed
    return day
