"""Elections for one or several seats: who is elected, and who is tied for the last one."""

import random
from collections import namedtuple
from datetime import date

from .majority import needed

#: ``since``: day that decides a tie (birth, or first membership), None where it is not known.
Candidate = namedtuple("Candidate", "id voices since", defaults=[None])
#: ``elected``: ids, most voices first; ``tied``: ids that share the last seats, where nothing breaks the tie;
#: ``needed``: voices without which nobody is elected.
Outcome = namedtuple("Outcome", "elected tied needed")


def elect(candidates, seats, rule=None, count=None, *, tie="none", seed=""):
    """Return the :class:`Outcome` of an election.

    :param candidates: :class:`Candidate` in any order.
    :param seats: how many are to be elected.
    :param rule: the majority that each needs; None or relative: those with most voices.
    :param count: the voices of which the majority is a part; ``yes`` are those that name somebody.
    :param tie: what decides between equals: ``none`` (a further round), ``eldest``, ``lot``.
    :param seed: text that decides the lot, so that anybody can check it.
    """
    wanted = needed(rule, count) if rule and rule.base != "relative" else 1
    keys = {candidate.id: _key(candidate, tie, seed) for candidate in candidates if candidate.voices >= wanted}
    order = sorted(keys, key=lambda candidate: (keys[candidate], candidate))
    elected, rest = order[:seats], order[seats:]
    tied = []
    if elected and rest and keys[elected[-1]] == keys[rest[0]]:
        tied = [candidate for candidate in order if keys[candidate] == keys[rest[0]]]
    return Outcome([candidate for candidate in elected if candidate not in tied], tied, wanted)


def _key(candidate, tie, seed):
    """Return what sorts a candidate, the first first; two with the same key are tied. An unknown age never wins."""
    if tie == "eldest":
        return -candidate.voices, candidate.since or date.max
    if tie == "lot":
        return -candidate.voices, random.Random(f"{seed}/{candidate.id}").random()  # noqa: S311 - reproducible on purpose
    return (-candidate.voices,)


def objection(candidates, seats, voices):
    """Return why voices of an election cannot be, or None.

    Each voice names as many candidates as there are seats at most.

    :param voices: voices of the electorate.
    """
    if any(candidate.voices < 0 for candidate in candidates):
        return "below_zero"
    if any(candidate.voices > voices for candidate in candidates):
        return "too_many_for_one"
    if sum(candidate.voices for candidate in candidates) > seats * voices:
        return "too_many"
    return None
