"""What settled a call, looked at for what it is: money, credit notes, or an entry that brought nothing.

Only money makes "paid". A credit note takes off what is owed: of the memberships that its lines name; of
all in proportion where it names none. A loss, a compensation or any other entry settles the account of the
payer, and nobody has paid.

Amounts are :class:`~decimal.Decimal`. The parts of the memberships sum to the call's, to the cent, and do
not depend on the order in which it was settled.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from ..common.amounts import CENT, split

ZERO = Decimal(0)
#: Stands for what a document charges, or gives back, without naming a membership.
NOBODY = None


class Settlement(NamedTuple):
    """What was matched with a document by one other entry.

    :param amount: what was matched, positive.
    :param kind: ``note`` (a credit note), ``call`` (of a credit note: the call that it lowers) or ``entry``.
    :param money: of an entry, the part of the amount that is money, from 0 to 1.
    :param named: of a credit note, {membership or :data:`NOBODY`: what its lines give back}.
    :param label: what the other entry is called.
    """

    amount: Decimal
    kind: str = "entry"
    money: Decimal = ZERO
    named: Mapping = MappingProxyType({})
    label: str = ""

    @property
    def names_nobody(self):
        """Return whether it is a credit note that lowers all in proportion."""
        return self.kind == "note" and any(key is NOBODY for key, amount in self.named.items() if amount)


class MembershipPart(NamedTuple):
    """Of one document, the part of one membership: ``share`` is the sum of the four others and of ``named``.

    ``named`` is what credit notes take off that name the membership, ``waived`` what is taken off all in
    proportion, ``written_off`` what entries settled that brought no money, ``open`` what is left.
    """

    share: Decimal
    named: Decimal
    waived: Decimal
    money: Decimal
    written_off: Decimal
    open: Decimal


def share_out(charged, settlements, announced=False, unit=CENT):
    """Give each membership of a document its part of what was settled, and of what is left.

    :param charged: {membership or :data:`NOBODY`: what the document charges}; a negative amount takes off
        the others in proportion.
    :param settlements: the :class:`Settlement` of each entry matched with the document.
    :param announced: a payment that the bank has yet to confirm covers what is left.
    :return: {membership or :data:`NOBODY`: its :class:`MembershipPart`}.
    """
    shares = {key: max(amount, ZERO) for key, amount in charged.items()}
    named, pool, money, written_off = _sort_out(settlements, shares, unit)
    pool += sum((-min(amount, ZERO) for amount in charged.values()), ZERO)
    # What a credit note gives back beyond the membership's own share lowers the others.
    pool += sum((max(named[key] - shares[key], ZERO) for key in shares), ZERO)
    named = {key: min(named[key], shares[key]) for key in shares}
    left = {key: shares[key] - named[key] for key in shares}
    waived = _take(left, pool, unit)
    received = _take(left, money, unit)
    lost = _take(left, written_off, unit)
    if announced:
        received = {key: received[key] + left[key] for key in left}
        left = dict.fromkeys(left, ZERO)
    return {
        key: MembershipPart(shares[key], named[key], waived[key], received[key], lost[key], left[key]) for key in shares
    }


def _sort_out(settlements, shares, unit):
    """Return what settled a document by what it is: ({membership: named}, taken off all, money, what brought none)."""
    named = dict.fromkeys(shares, ZERO)
    pool = money = written_off = ZERO
    for settled in settlements:
        if settled.kind == "note":
            for key, amount in _by_name(settled, unit):
                if key in shares and key is not NOBODY:
                    named[key] += amount
                elif key is NOBODY:
                    pool += amount
                else:  # given back for a fee that is not on this call
                    written_off += amount
        elif settled.kind == "entry":
            received = (settled.amount * settled.money / unit).to_integral_value() * unit
            money += received
            written_off += settled.amount - received
        else:
            pool += settled.amount
    return named, pool, money, written_off


def _by_name(note, unit):
    """Return what was matched of a credit note by the memberships that its lines name."""
    named = {key: max(amount, ZERO) for key, amount in note.named.items()}
    if not sum(named.values()):
        return [(NOBODY, note.amount)]
    keys = sorted(named, key=lambda key: (key is not NOBODY, key or 0))
    return zip(keys, split(note.amount, [named[key] for key in keys], unit), strict=True)


def _take(left, amount, unit):
    """Take an amount off what is left of each, in proportion; return what each one gave."""
    keys = sorted(left, key=lambda key: (key is not NOBODY, key or 0))
    amount = min(amount, sum(left.values(), ZERO))
    if amount <= 0:
        return dict.fromkeys(keys, ZERO)
    parts = dict(zip(keys, split(amount, [left[key] for key in keys], unit), strict=True))
    for key, part in parts.items():
        left[key] -= part
    return parts
