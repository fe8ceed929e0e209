"""Who of the members sits in the bodies, and whether the seats are shared as the members are.

Plain Python: members and mandates come in as values, nothing is read from a database. A *member* is
a structure (or a person, where persons are counted) that belongs to the network on a day. Only
titular holders represent; a substitute does not. A day given as last is included; no last day means
that the mandate runs on.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

#: Marks of a segment, from its share of the seats divided by its share of the members.
ABSENT, UNDER, FAIR, OVER = "absent", "under", "fair", "over"
#: Key of what is added up from several segments, and the figures that are.
OTHERS = "others"
SUMMED = ("members", "seats", "seated", "members_share", "seats_share", "expected")

#: Lower bounds (included) of the bands of age, in whole years since the founding; what is under the first is one too.
AGE_BANDS = (5, 10, 20, 50)


@dataclass(frozen=True)
class Mandate:
    """One person on one seat.

    :param structure: id of whom the person represents; None if nobody.
    :param first: first day.
    :param last: last day, included; None as long as it has none.
    :param gender: ``female``, ``male``, ``other`` or None where it is not known.
    """

    seat: int
    body: int
    person: int
    structure: int | None
    first: date
    last: date | None = None
    titular: bool = True
    gender: str | None = None


@dataclass(frozen=True)
class Segment:
    """One part of the members: how many there are, and how many seats they hold.

    :param seats: seats held; a structure with two seats counts twice.
    :param seated: structures seated; each counts once.
    :param expected: seats that would be its own if seats were shared as members are.
    :param ratio: share of the seats ÷ share of the members; None where no seat is held at all.
    """

    key: object
    members: int
    seats: int
    seated: int
    members_share: float
    seats_share: float
    expected: float
    ratio: float | None
    mark: str | None


def held_on(mandates, day):
    """Return the titular mandates that run on a day."""
    return [m for m in mandates if m.titular and m.first <= day and (m.last is None or m.last >= day)]


def seated_members(members, held):
    """Return the ids of the members that hold a seat; each once, however many seats it holds."""
    ids = {member_id for member_id, *_keys in members}
    return {mandate.structure for mandate in held} & ids


def rate(part, whole):
    """Return ``part ÷ whole``, or None where there is nothing to divide by."""
    return part / whole if whole else None


def mark_of(ratio, members, seats, under, over):
    """Return how a segment stands.

    :param under: ratio below which it is under-represented.
    :param over: ratio above which it is over-represented.
    :return: a mark, or None where there is nothing to compare.
    """
    if not members or ratio is None:
        return None
    if not seats:
        return ABSENT
    if ratio < under:
        return UNDER
    return OVER if ratio > over else FAIR


def segments(members, held, dimension, under=0.8, over=1.25):
    """Share out members and seats by one dimension.

    :param members: (id, key of the first dimension, key of the second…) of each member.
    :param held: the mandates held; those of nobody, or of whom is no member, are left out.
    :param dimension: 1 for the first dimension, and so on.
    :return: a list of :class:`Segment`, the most numerous first. Where there are members, their
        shares sum to 1; so do those of the seats where members hold one.
    """
    key_of = dict(map(itemgetter(0, dimension), members))
    structures = defaultdict(list)
    for mandate in held:
        if mandate.structure in key_of:
            structures[key_of[mandate.structure]].append(mandate.structure)
    all_seats = sum(map(len, structures.values()))
    found = [
        _segment(key, count, structures[key], count / len(key_of), all_seats, under, over)
        for key, count in Counter(key_of.values()).items()
    ]
    return sorted(found, key=lambda segment: (-segment.members, str(segment.key)))


def _segment(key, members, structures, members_share, all_seats, under, over):
    """Return one :class:`Segment`.

    :param structures: the structure of each seat that its members hold.
    """
    seats_share = len(structures) / all_seats if all_seats else 0.0
    ratio = seats_share / members_share if all_seats else None
    return Segment(
        key,
        members,
        seats=len(structures),
        seated=len(set(structures)),
        members_share=members_share,
        seats_share=seats_share,
        expected=members_share * all_seats,
        ratio=ratio,
        mark=mark_of(ratio, members, len(structures), under, over),
    )


def fold(found, most, under, over):
    """Keep the ``most`` first segments of a dimension, and add the others up into one.

    Members, seats and shares sum to the same as before.

    :param found: a list of :class:`Segment`; so is the result.
    """
    if len(found) <= most + 1:
        return found
    kept, rest = found[:most], found[most:]
    others = {name: sum(getattr(segment, name) for segment in rest) for name in SUMMED}
    ratio = None if rest[0].ratio is None else others["seats_share"] / others["members_share"]
    mark = mark_of(ratio, others["members"], others["seats"], under, over)
    return [*kept, Segment(key=OTHERS, ratio=ratio, mark=mark, **others)]


def branch(parents, root):
    """Return the ids of a body and of all those below it.

    :param parents: {body: the one it depends on, or None}.
    """
    found = {root} & parents.keys()
    while more := {body for body, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def never_represented(members, mandates, day):
    """Return the ids of the members for whom nobody has sat until a day, in any titular mandate."""
    ever = {m.structure for m in mandates if m.titular and m.first <= day}
    return [member_id for member_id, *_keys in members if member_id not in ever]


def genders(held):
    """Return {gender: number of persons}; None for those of whom it is not known."""
    return Counter({m.person: m.gender for m in held}.values())


def several_seats(held):
    """Return {person: number of seats} of those who hold more than one, the busiest first."""
    counts = Counter(mandate.person for mandate in held)
    return {person: count for person, count in counts.most_common() if count > 1}


def years_in_office(mandates, held, day):
    """Return {(body, person): years since the person began to sit on the body without a gap}.

    A mandate that follows the former one the very next day goes on with it, on whatever seat.
    """
    starts = defaultdict(list)
    for mandate in mandates:
        if mandate.titular:
            starts[mandate.body, mandate.person].append(mandate)
    years = {}
    for mandate in held:
        first = mandate.first
        for earlier in sorted(starts[mandate.body, mandate.person], key=lambda m: m.first, reverse=True):
            if earlier.first < first and earlier.last and (first - earlier.last).days <= 1:
                first = earlier.first
        years[mandate.body, mandate.person] = (day - first).days / 365.25
    return years


def band(value, bounds):
    """Return the index of the band in which a value lies: 0 below the first bound; None if unknown."""
    if value is None:
        return None
    return bisect_right(bounds, value)


def age_band(founded_on, day):
    """Return the index of the band of age of a structure at a day; None if its founding is unknown."""
    if not founded_on or founded_on > day:
        return None
    had_birthday = (day.month, day.day) >= (founded_on.month, founded_on.day)
    return band(day.year - founded_on.year - (not had_birthday), AGE_BANDS)
