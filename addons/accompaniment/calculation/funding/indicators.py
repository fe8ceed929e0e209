"""What a funding plan says: how much is secured, on whom it depends, and how far it covers the charges.

Shares and indices are worked out on the planned amounts. Amounts are in one currency, whole cents.
"""

from collections import namedtuple
from fractions import Fraction

MONTHS = 12
KINDS = ("public", "private", "own")
#: A product of the plan. ``funder``: the legal funder, None where nobody in particular pays; ``kind``: ``public``,
#: ``private`` or ``own``; ``probability``: of what is planned and not granted yet, from 0 to 1.
Row = namedtuple("Row", "name funder kind planned granted probability", defaults=["own", 0, 0, 0])
#: ``shares``: {kind: part of all planned}; ``months``: of charges that the secured amount covers, None without charges.
Indicators = namedtuple(
    "Indicators",
    "planned secured weighted gap first first_share first_row first_row_share shares by_funder by_row months",
)


def measure(rows, charges):
    """Return the :class:`Indicators` of a plan.

    :param rows: its products, in any order; contributions in kind are not among them.
    :param charges: planned charges, without those in kind.
    """
    planned = sum(_exact(row.planned) for row in rows)
    secured = sum(_exact(row.granted) for row in rows)
    weighted = secured + sum(_likely(row) for row in rows)
    by_funder = _group(rows)
    by_row = {index: _exact(row.planned) for index, row in enumerate(rows)}
    first, first_share = _first(by_funder, planned)
    first_row, first_row_share = _first(by_row, planned)
    charges = _exact(charges)
    return Indicators(
        planned,
        secured,
        weighted,
        charges - weighted,
        first,
        first_share,
        None if first_row is None else rows[first_row].name,
        first_row_share,
        {kind: _share(_planned(rows, kind), planned) for kind in KINDS},
        herfindahl(by_funder.values()),
        herfindahl(by_row.values()),
        secured / charges * MONTHS if charges else None,
    )


def herfindahl(amounts):
    """Return the sum of the squared shares: 1 where one pays all, 1/n where n pay the same; 0 without amounts."""
    amounts = [amount for amount in amounts if amount]
    total = sum(amounts)
    return sum((_share(amount, total) ** 2 for amount in amounts), Fraction(0))


def _likely(row):
    """Return what is likely of what is planned and not granted yet."""
    return max(_exact(row.planned) - _exact(row.granted), 0) * _exact(row.probability)


def _planned(rows, kind):
    return sum(_exact(row.planned) for row in rows if row.kind == kind)


def _group(rows):
    """Return {funder: planned}: the rows of one legal funder together, a row without one by itself."""
    amounts = {}
    for index, row in enumerate(rows):
        key = ("row", index) if row.funder is None else row.funder
        amounts[key] = amounts.get(key, 0) + _exact(row.planned)
    return amounts


def _first(amounts, total):
    """Return who pays most, and its share; the earlier one between equals."""
    if not total:
        return None, Fraction(0)
    first = max(amounts, key=lambda key: amounts[key])
    return first, _share(amounts[first], total)


def _share(amount, total):
    return Fraction(amount) / total if total else Fraction(0)


def _exact(amount):
    """Return an amount as what its figures say: 0.1 is a tenth."""
    return Fraction(str(amount or 0))
