"""The whole picture of a day in one call: what is known of the day goes in, all figures come out.

Plain Python, on the rules of ``representativeness.py``.
"""

from dataclasses import dataclass
from datetime import date

from . import representativeness as rules

#: Key of each dimension in the profile of a member, from 1 (0 is the member itself).
DIMENSIONS = ("category", "college", "region", "department", "size", "age", "sector")
#: Dimensions whose segments are bands: they go from the smallest to the largest.
BANDS = ("size", "age")


@dataclass(frozen=True)
class Situation:
    """What is known of a day.

    :param bodies: {id: name} of the bodies that are looked at.
    :param members: (id, key of each of :data:`DIMENSIONS`) of each member.
    :param mandates: the :class:`~representativeness.Mandate` of these bodies that began by the day.
    :param seats: how many seats these bodies have, held or not.
    """

    day: date
    bodies: dict
    members: list
    mandates: list
    seats: int


@dataclass(frozen=True)
class Picture:
    """How the members are represented on a day.

    :param members: how many there are.
    :param seated: how many of them hold a seat; each once.
    :param held: the mandates that run.
    :param by_members: how many of these are held for members.
    :param never: ids of the members for whom nobody has ever sat.
    :param dimensions: {dimension: its segments, in the order in which they are shown}.
    :param genders: {gender: number of persons}.
    :param years: {(body, person): years in office}.
    :param several: {person: number of seats} of those with more than one.
    """

    situation: Situation
    members: int
    seated: int
    held: list
    by_members: int
    never: list
    dimensions: dict
    genders: dict
    years: dict
    several: dict

    @property
    def rate(self):
        """Share of the members that hold a seat; None without members."""
        return rules.rate(self.seated, self.members)

    @property
    def vacant(self):
        """Seats that nobody holds."""
        return max(0, self.situation.seats - len(self.held))

    @property
    def by_others(self):
        """Mandates held for nobody, or for whom is no member."""
        return len(self.held) - self.by_members

    @property
    def persons(self):
        """How many persons sit."""
        return len({mandate.person for mandate in self.held})

    @property
    def average_years(self):
        """Average length of office; None where nobody sits."""
        return rules.rate(sum(self.years.values()), len(self.years))

    @property
    def absent(self):
        """(dimension, segment) of those without a seat; of whom no key is known, that makes no segment."""
        return [
            (name, segment)
            for name, segments in self.dimensions.items()
            for segment in segments
            if segment.mark == rules.ABSENT and segment.key is not None
        ]

    def longest(self, count):
        """Return ((body, person), years) of those who have been in office longest."""
        return sorted(self.years.items(), key=lambda item: -item[1])[:count]


def draw_picture(situation, under, over):
    """Return the :class:`Picture` of a :class:`Situation`.

    :param under: ratio below which a segment is under-represented.
    :param over: ratio above which it is over-represented.
    """
    members, mandates, day = situation.members, situation.mandates, situation.day
    held = rules.held_on(mandates, day)
    ids = {member[0] for member in members}
    return Picture(
        situation,
        members=len(members),
        seated=len(rules.seated_members(members, held)),
        held=held,
        by_members=sum(mandate.structure in ids for mandate in held),
        never=rules.never_represented(members, mandates, day),
        dimensions={
            name: in_order(name, rules.segments(members, held, index, under, over))
            for index, name in enumerate(DIMENSIONS, 1)
        },
        genders=rules.genders(held),
        years=rules.years_in_office(mandates, held, day),
        several=rules.several_seats(held),
    )


def in_order(name, segments):
    """Return the segments of a dimension as they are shown.

    Bands go from the smallest to the largest; the others stay by number; unknown is last.
    """
    if name in BANDS:
        return sorted(segments, key=lambda segment: (segment.key is None, segment.key or 0))
    return sorted(segments, key=lambda segment: segment.key is None)


def profile(row, size_bounds, day):
    """Return a member as it stands in a :class:`Situation`.

    :param row: (id, category, college, region, department, figure of its size, day of founding, sector).
    :param size_bounds: lower bounds of the bands of size.
    """
    *first, figure, founded_on, sector = row
    return *first, rules.band(figure, size_bounds), rules.age_band(founded_on, day), sector
