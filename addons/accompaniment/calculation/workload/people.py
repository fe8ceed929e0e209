"""Who works for a mission, with the days planned for them and those they used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonDays:
    """The days of one person in one mission.

    :param staff: whether the person has a user of the association, and is no consultant.
    """

    name: str
    staff: bool
    planned: float
    used: float

    @property
    def left(self):
        """Return the days planned less those used; below 0: overrun."""
        return self.planned - self.used


def order(people):
    """Return the :class:`PersonDays`, those who used most first."""
    return sorted(people, key=lambda person: (-person.used, -person.planned, person.name))
