"""Who carries which voices at a moment of a meeting: one's own, those of one's organisation, those of a proxy.

A *unit* is what votes: a member, or an organisation that names several delegates, any of whom may carry its
voices (its contingent). A proxy holds while its giver's unit is absent and its holder is present; it is never
handed on, and nobody carries more of them than the statutes allow.
"""

from collections import Counter, namedtuple

#: One convened person. ``unit``: what it speaks for, the same for the delegates of one organisation; ``voices``: those
#: of the unit; ``rank``: order of arrival, None while absent.
Line = namedtuple("Line", "id unit voices rank", defaults=[None])
#: ``giver`` and ``holder`` are ids of lines.
Proxy = namedtuple("Proxy", "id giver holder")
#: Voices in somebody's hands; ``proxy`` is the id of the proxy by which, None where they are the unit's own.
Carried = namedtuple("Carried", "holder unit voices proxy")

GIVER_PRESENT, HOLDER_ABSENT, OVER_CAP, GIVEN_TWICE, SAME_UNIT = (
    "giver_present",
    "holder_absent",
    "over_cap",
    "given_twice",
    "same_unit",
)


def carry(lines, proxies, cap=None):
    """Return who carries what, and why some proxies do not count.

    :param lines: :class:`Line` of each convened person, in any order.
    :param proxies: :class:`Proxy` in the order in which they were given.
    :param cap: proxies that one holder may carry; None: no limit.
    :return: (list of :class:`Carried`, {id of a proxy: reason why it does not count}).
    """
    by_id = {line.id: line for line in lines}
    carried, seen = [], set()
    for line in sorted((line for line in lines if line.rank is not None), key=lambda line: (line.rank, line.id)):
        if line.unit not in seen:
            seen.add(line.unit)
            carried.append(Carried(line.id, line.unit, line.voices, None))
    held, given, lost = Counter(), set(), {}
    for proxy in proxies:
        giver, holder = by_id[proxy.giver], by_id[proxy.holder]
        reason = _objection(giver, holder, seen, given, held, cap)
        if reason:
            lost[proxy.id] = reason
            continue
        given.add(giver.unit)
        held[holder.id] += 1
        carried.append(Carried(holder.id, giver.unit, giver.voices, proxy.id))
    return carried, lost


def _objection(giver, holder, present_units, given, held, cap):
    """Return why a proxy does not count, or None."""
    if giver.unit == holder.unit:
        return SAME_UNIT
    if giver.unit in present_units:
        return GIVER_PRESENT
    if holder.rank is None:
        return HOLDER_ABSENT
    if giver.unit in given:
        return GIVEN_TWICE
    if cap is not None and held[holder.id] >= cap:
        return OVER_CAP
    return None


def voices_by_holder(carried):
    """Return {line: all voices in its hands}."""
    voices = Counter()
    for part in carried:
        voices[part.holder] += part.voices
    return dict(voices)
