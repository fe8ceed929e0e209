"""Answers of a survey summed up for a chart: how many, and which part of those who answered."""

from typing import NamedTuple


class Bar(NamedTuple):
    """One bar of a chart: its label, how many, and its part of the base (0 to 1)."""

    label: str
    count: float
    share: float


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
