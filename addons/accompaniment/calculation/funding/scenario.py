"""What if a funder stops, pays less or pays late? The plan itself never changes."""

from collections import namedtuple
from fractions import Fraction

from dateutil.relativedelta import relativedelta

#: ``key``: whose rows and payments it touches; ``kind``: ``stops``, ``less`` (by ``percent``) or ``late`` (by ``months``).
Change = namedtuple("Change", "key kind percent months", defaults=[0, 0])


def change_rows(rows, keys, changes):
    """Return the products of the plan as they would be.

    :param rows: list of :class:`indicators.Row`.
    :param keys: for each row the keys that it answers to: its own, its funder's.
    """
    changed = []
    for row, own in zip(rows, keys, strict=True):
        left = _part_left(own, changes)
        changed.append(row._replace(planned=row.planned * left, granted=row.granted * left) if left != 1 else row)
    return changed


def change_payments(payments, keys, changes):
    """Return the payments as they would come in.

    :param payments: list of :class:`cash.Payment`.
    :param keys: for each payment the keys that it answers to.
    """
    changed = []
    for payment, own in zip(payments, keys, strict=True):
        left = _part_left(own, changes)
        months = sum(change.months for change in changes if change.kind == "late" and change.key in own)
        if left:
            changed.append(
                payment._replace(day=payment.day + relativedelta(months=months), amount=payment.amount * left)
            )
    return changed


def _part_left(keys, changes):
    """Return the part that is still paid of what answers to these keys."""
    left = Fraction(1)
    for change in changes:
        if change.key in keys and change.kind != "late":
            left *= 0 if change.kind == "stops" else 1 - Fraction(str(change.percent)) / 100
    return left
