"""What grids would bring in, and who would pay more or less: the fees of all members under each, compared.

Amounts are :class:`~decimal.Decimal`, in the grids' currency, for a whole period, without entry fees. A fee
that cannot be worked out is None: it counts in no sum and in no comparison, and is counted apart.
"""

from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from ..common.amounts import CENT, round_to

#: Changes are sorted into these classes of percent: below -50, from -50 to below -10… 0 stands alone.
CHANGE_BOUNDS = (-50, -10, 0, 10, 50)
#: Largest changes that are named.
LARGEST = 10


class Levers(NamedTuple):
    """What is tried on top of a draft grid.

    :param discount: share taken off the fee (a fifth is 0.2) of those whose figure is below ``discount_below``;
        who did not declare the figure has no discount.
    :param cap: nobody pays more.
    :param most_rise: nobody pays more than this share above the fee in force (a tenth is 0.1).
    """

    discount: Decimal = Decimal(0)
    discount_below: Decimal | None = None
    cap: Decimal | None = None
    most_rise: Decimal | None = None


class Change(NamedTuple):
    """How the fee of one member changes."""

    key: object
    before: Decimal
    after: Decimal

    @property
    def difference(self):
        """Return what the member pays more; below 0 for less."""
        return self.after - self.before


class Outcome(NamedTuple):
    """What one grid would do.

    :param fees: {member: fee or None}, the levers applied.
    :param revenue: sum of the fees.
    :param known: number of fees that could be worked out.
    :param more: number and sum of those who pay more than under the grid in force; ``less``, ``same`` alike.
    :param classes: number of members by class of :data:`CHANGE_BOUNDS`, the unchanged ones in the middle.
    :param largest: the :data:`LARGEST` largest :class:`Change`, whichever way.
    """

    fees: dict
    revenue: Decimal
    known: int
    more: tuple
    less: tuple
    same: int
    classes: tuple
    largest: tuple


def apply_levers(fee, before, figure, levers):
    """Return the fee of a member once the levers are applied: the discount first, then the two caps.

    :param fee: what the draft grid gives; None stays None.
    :param before: what the grid in force gives; without it, the rise has no bound.
    :param figure: what the discount is decided by, or None.
    """
    if fee is None:
        return None
    if levers.discount_below is not None and figure is not None and figure < levers.discount_below:
        fee = round_to(fee * (1 - levers.discount), CENT, "nearest")
    if levers.cap is not None:
        fee = min(fee, levers.cap)
    if levers.most_rise is not None and before is not None:
        fee = min(fee, round_to(before * (1 + levers.most_rise), CENT, "down"))
    return fee


def compare(before, after, figures, levers):
    """Compare a draft grid with the one in force.

    :param before: {member: fee under the grid in force, or None}.
    :param after: {member: fee under the draft, or None}, of the same members.
    :param figures: {member: figure that the discount is decided by}.
    :return: an :class:`Outcome`.
    """
    fees = {key: apply_levers(fee, before[key], figures.get(key), levers) for key, fee in after.items()}
    changes = [
        Change(key, before[key], fee) for key, fee in fees.items() if fee is not None and before[key] is not None
    ]
    more = [change.difference for change in changes if change.difference > 0]
    less = [change.difference for change in changes if change.difference < 0]
    classes = [0] * (len(CHANGE_BOUNDS) + 2)
    for change in changes:
        classes[_get_class(change)] += 1
    moved = [change for change in changes if change.difference]
    moved.sort(key=lambda change: (-abs(change.difference), change.key))
    known = [fee for fee in fees.values() if fee is not None]
    return Outcome(
        fees=fees,
        revenue=sum(known, Decimal(0)),
        known=len(known),
        more=(len(more), sum(more, Decimal(0))),
        less=(len(less), sum(less, Decimal(0))),
        same=len(changes) - len(moved),
        classes=tuple(classes),
        largest=tuple(moved[:LARGEST]),
    )


def _get_class(change):
    """Return the rank of a change among the classes; who paid nothing and pays now is in the last one."""
    middle = CHANGE_BOUNDS.index(0) + 1
    if not change.difference:
        return middle
    if not change.before:
        return len(CHANGE_BOUNDS) + 1
    percent = 100 * change.difference / change.before
    rank = bisect_right(CHANGE_BOUNDS, percent)
    return rank + 1 if percent > 0 else rank


def sum_by_group(fees, groups):
    """Return {group: (number of members, sum of their fees)}; every member is in one group.

    :param groups: {member: its group, None for those of which it is not known}.
    """
    sums = defaultdict(lambda: (0, Decimal(0)))
    for key, fee in fees.items():
        count, total = sums[groups.get(key)]
        sums[groups.get(key)] = count + 1, total + (fee or 0)
    return dict(sums)
