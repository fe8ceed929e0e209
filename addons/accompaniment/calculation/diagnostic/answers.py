"""Answers of a survey summed up for a chart: how many, and which part of those who answered."""

from typing import NamedTuple

#: Fewer answers than these tell who answered what.
FEWEST = 3


class Responses(NamedTuple):
    """How many people were invited to a survey, how many finished it, and how many began and stopped."""

    invited: int = 0
    finished: int = 0
    begun: int = 0


class Bar(NamedTuple):
    """One bar of a chart: its label, how many, and its part of the base (0 to 1)."""

    label: str
    count: float
    share: float


class MatrixRow(NamedTuple):
    """One row of a matrix: its label, how many answered it, and the :class:`Bar` of each column."""

    label: str
    base: int
    bars: list


class Numbers(NamedTuple):
    """Figures given by the respondents: the lowest, the mean and the highest."""

    lowest: float
    mean: float
    highest: float


class AnswerChart(NamedTuple):
    """What was answered to one question, without saying by whom.

    :param base: number of people who answered it.
    :param bars: :class:`Bar` of each choice.
    :param rows: :class:`MatrixRow` of each row of a matrix.
    :param numbers: :class:`Numbers`, or None.
    :param texts: words, or None where they are not to be shown.
    :param written: number of people who answered in their own words.
    """

    question: str
    base: int
    bars: list = ()
    rows: list = ()
    numbers: Numbers | None = None
    texts: list | None = None
    written: int = 0


def rate(invited, respondents):
    """Return the response rate (0 to 1), or None where nobody was invited.

    More respondents than invited people is no rate: it is a mistake in one of the two.

    :raise ValueError: if there are more respondents than invited people, or a number below 0.
    """
    if respondents < 0 or invited < 0 or (respondents > invited):
        raise ValueError((invited, respondents))
    return respondents / invited if invited else None


def bars(counts, base):
    """Return the :class:`Bar` of each answer, in the order given.

    :param counts: list of (label, how many).
    :param base: number of people who answered the question; several answers may be given by one.
    """
    return [Bar(label, count, min(1.0, count / base) if base else 0.0) for label, count in counts]


def matrix(rows):
    """Return the :class:`MatrixRow` of each row of a matrix; its bars are parts of all its marks.

    They stack up to 1 also where one person may mark several columns.

    :param rows: list of (label, how many people answered it, [(column, how many)]).
    """
    return [
        MatrixRow(label, base, bars(counts, sum(count for _label, count in counts))) for label, base, counts in rows
    ]


def words(texts):
    """Return the texts as they may be shown: trimmed, none empty, in an order that tells nothing of who wrote."""
    return sorted(filter(None, (text.strip() for text in texts if text)), key=lambda text: (text.casefold(), text))
