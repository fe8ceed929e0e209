"""How much of a call is income once a part of it is paid (ANC 2018-06, art. 142-1).

Where the association cannot sue for its fees, a fee is income when it is received. What is paid is
then recognised in proportion, cumulatively, so that the parts sum to the whole to the cent.
"""

from decimal import Decimal

from ..common.amounts import CENT, round_to


def recognised(amounts, paid, total, unit=CENT):
    """Share out what has been paid of a document over its lines.

    :param amounts: amount of each line that waits to be income.
    :param paid: what has been paid of the document so far.
    :param total: what the document charges in all (taxes included).
    :param unit: the currency's smallest unit.
    :return: income of each line so far; all of it once ``paid`` reaches ``total``.
    """
    if not total:
        return [Decimal(0) for _amount in amounts]
    ratio = min(max(Decimal(paid) / Decimal(total), Decimal(0)), Decimal(1))
    return [round_to(Decimal(amount) * ratio, unit, "nearest") for amount in amounts]
