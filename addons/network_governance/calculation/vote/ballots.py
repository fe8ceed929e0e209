"""Ballots of an open vote: whoever carries several voices may cast them differently."""

from collections import Counter, namedtuple

from .majority import Count

CHOICES = ("yes", "no", "blank", "abstain")
#: ``voices``: {choice: voices}.
Ballot = namedtuple("Ballot", "elector voices")
#: Reasons for which a ballot is refused.
UNKNOWN, BELOW_ZERO, TOO_MANY, TWICE = "unknown", "below_zero", "too_many", "twice"


def objections(ballots, electorate):
    """Return {elector: reason} of the ballots that cannot count.

    :param electorate: {elector: voices that it carries}.
    """
    refused, seen = {}, set()
    for elector, voices in ballots:
        if elector not in electorate:
            refused[elector] = UNKNOWN
        elif elector in seen:
            refused[elector] = TWICE
        elif any(voices.get(choice, 0) < 0 for choice in CHOICES):
            refused[elector] = BELOW_ZERO
        elif sum(voices.get(choice, 0) for choice in CHOICES) > electorate[elector]:
            refused[elector] = TOO_MANY
        seen.add(elector)
    return refused


def total(ballots, electorate, convened=0):
    """Return the :class:`~.majority.Count` of ballots that hold; voices that were not cast are abstentions.

    :param convened: voices of all who were convened, whether there or not.
    """
    sums = Counter()
    for _elector, voices in ballots:
        sums.update({choice: voices.get(choice, 0) for choice in CHOICES})
    present = sum(electorate.values())
    silent = present - sum(sums.values())
    return Count(sums["yes"], sums["no"], sums["blank"], sums["abstain"] + silent, present, max(convened, present))


def all_but(electorate, choice, others=()):
    """Return the ballots of a vote in which all chose the same, but for some.

    :param others: ballots of who chose otherwise.
    """
    named = {ballot.elector for ballot in others}
    return [Ballot(elector, {choice: voices}) for elector, voices in electorate.items() if elector not in named] + list(
        others
    )


def objection_to_totals(count):
    """Return why totals that tellers enter cannot be, or None."""
    parts = (count.yes, count.no, count.blank, count.abstain)
    if any(part < 0 for part in parts):
        return BELOW_ZERO
    return TOO_MANY if sum(parts) > count.present else None
