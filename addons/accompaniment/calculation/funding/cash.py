"""Cash month by month: what comes in by instalments, what goes out, and the month in which it runs out."""

from collections import namedtuple
from fractions import Fraction

from ..mission.months import next_month

#: An amount that comes in; ``key`` tells whose it is.
Payment = namedtuple("Payment", "key day amount")
#: ``month``: its first day; ``balance``: at its end.
Month = namedtuple("Month", "month income charges balance")


def curve(opening, payments, charges, first, last):
    """Return the :class:`Month` of each month of a period.

    :param opening: cash at its start.
    :param payments: list of :class:`Payment`, in any order; those outside the period are left out.
    :param charges: of the whole period, spread evenly; to the cent in all.
    :param first: first day of the period.
    :param last: its last day.
    """
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = next_month(month)
    income = dict.fromkeys(months, 0)
    for payment in payments:
        if first <= payment.day <= last:
            income[payment.day.replace(day=1)] += _cents(payment.amount)
    balance, found, paid, total = _cents(opening), [], 0, _cents(charges)
    for rank, month in enumerate(months, 1):
        due = total * rank // len(months)
        balance += income[month] - (due - paid)
        found.append(Month(month, income[month] / 100, (due - paid) / 100, balance / 100))
        paid = due
    return found


def runs_out(months):
    """Return the first month that ends below zero, or None."""
    return next((month.month for month in months if month.balance < 0), None)


def _cents(amount):
    return round(Fraction(str(amount or 0)) * 100)
