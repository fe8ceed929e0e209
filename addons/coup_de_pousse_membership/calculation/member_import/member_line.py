"""What one line of a list of members says, or why it says nothing that can be imported."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class LineProblem:
    """Why a line is refused.

    :param header: header of the column, or "" for the line as a whole.
    :param code: that of a cell, see ``table/values.py`` and :mod:`.member_values`; of a line, see
        :mod:`.line_reader`: ``no_name``, ``total``, ``too_many_cells``, ``line_break``,
        ``unknown_country``, ``unknown_sector``, ``unknown_category``, ``unknown_legal_form``,
        ``siret_of_another``, ``future``, ``unknown_kind``; of :mod:`.past_memberships`, ``period``,
        ``periods_overlap``, ``same_period``; of the plan, ``known_otherwise``.
    :param values: what the sentence about it may name.
    """

    header: str
    code: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """Why the program that wrote the file does not mean a line as a member: the value of a column."""

    header: str
    value: str


@dataclass(frozen=True)
class MemberLine:
    """What one line says.

    :param number: its number in the file.
    :param values: field → value; dates in ISO text, so that the whole can be stored as JSON.
    :param problems: each a :class:`LineProblem`.
    :param notes: pairs of a code and its values, about what was corrected or taken for granted.
    :param left_out: :class:`LeftOut`, or None.
    """

    number: int
    values: dict = field(default_factory=dict)
    problems: tuple = ()
    notes: tuple = ()
    left_out: LeftOut | None = None

    def refused(self, problem):
        """Return the line with one more problem."""
        return replace(self, problems=(*self.problems, problem))
