"""What a beneficiary tells of one effect, read from the fields of a page."""

from datetime import date
from typing import NamedTuple

ANSWERS = ("seen", "partly", "not_yet")
#: Longest evidence that is kept.
LONGEST = 4000


class Told(NamedTuple):
    """One effect as the beneficiary tells it: an answer of ``ANSWERS``, what shows it, when it was observed."""

    answer: str
    evidence: str
    observed_on: date | None


def read(answer, evidence, day, today):
    """Return what is told of an effect and what is wrong with it: (:class:`Told` or None, problem or None).

    Where everything is empty both are None: the effect is left for later. An effect that was seen, or
    partly, has its evidence and a day that is not to come; "not yet" needs neither.

    :param answer: text of the choice, empty where there is none.
    :param day: text of a date, as 2018-06-28.
    :return: problems are ``answer``, ``evidence``, ``day`` (missing or unreadable) and ``future``.
    """
    evidence = (evidence or "").strip()[:LONGEST]
    if not answer and not evidence:
        return None, None
    if answer not in ANSWERS:
        return None, "answer"
    try:
        observed_on = date.fromisoformat(day) if day else None
    except ValueError:
        return None, "day"
    if observed_on and observed_on > today:
        return None, "future"
    if answer != "not_yet" and not evidence:
        return None, "evidence"
    if answer != "not_yet" and not observed_on:
        return None, "day"
    return Told(answer, evidence, observed_on), None
