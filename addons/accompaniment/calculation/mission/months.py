"""Months, one after the other."""

from datetime import timedelta


def next_month(day):
    """Return the first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
