"""De minimis aid over three rolling years (regulation (EU) 2023/2831, article 3)."""

from dateutil.relativedelta import relativedelta

YEARS = 3


def first_day(day):
    """Return the first of the days whose aid counts together with aid granted on a day."""
    return day - relativedelta(years=YEARS) + relativedelta(days=1)


def used(grants, day):
    """Return what counts on a day of grants given before or on it.

    :param grants: list of (day granted, amount).
    """
    return sum(amount for granted, amount in grants if first_day(day) <= granted <= day)
