"""The quorum, at any moment: the statutes set it, and four numbers are kept apart."""

from collections import Counter, namedtuple
from fractions import Fraction
from math import ceil

#: ``convened``, ``present`` and ``represented`` count members or voices, as the statutes do; ``counted`` are those that
#: count for the quorum; ``margin``: how many more than needed (below 0: missing); ``departures``: how many people may
#: leave in the worst order until it is lost, the last one included (0: it is not reached; None: none is needed).
Numbers = namedtuple("Numbers", "convened present represented counted needed margin reached departures")


def needed(kind, value, convened):
    """Return how many must be there.

    :param kind: ``none``, ``share`` (per cent of those convened) or ``number``.
    :param value: the share or the number.
    """
    if kind == "share":
        return ceil(Fraction(str(value)) * convened / 100)
    if kind == "number":
        return ceil(Fraction(str(value)))
    return 0


def count(convened, carried, kind="none", value=0, *, represented_count=True, by_voices=False):
    """Return the :class:`Numbers` of a moment.

    :param convened: {unit: its voices} of all that were convened.
    :param carried: what :func:`voices.carry` returns.
    :param represented_count: whether members who gave a proxy count for the quorum.
    :param by_voices: whether voices are counted, rather than members.
    """

    def weigh(part):
        return part.voices if by_voices else 1

    present = sum(weigh(part) for part in carried if part.proxy is None)
    represented = sum(weigh(part) for part in carried if part.proxy is not None)
    all_convened = sum(convened.values()) if by_voices else len(convened)
    counted = present + (represented if represented_count else 0)
    wanted = needed(kind, value, all_convened)
    leaving = Counter()
    for part in carried:
        if part.proxy is None or represented_count:
            leaving[part.holder] += weigh(part)
    departures = departures_until_lost(leaving.values(), wanted) if wanted else None
    return Numbers(all_convened, present, represented, counted, wanted, counted - wanted, counted >= wanted, departures)


def departures_until_lost(weights, wanted):
    """Return after how many departures less than what is wanted is left, those who carry most leaving first."""
    left, departures = sum(weights), 0
    for weight in sorted(weights, reverse=True):
        if left < wanted:
            break
        left -= weight
        departures += 1
    return departures
