"""Majorities as statutes write them: of what, how much of it, and by which college.

All is counted in whole voices and exact fractions: two thirds of ten are seven voices.
"""

from collections import namedtuple
from fractions import Fraction
from math import ceil, floor

#: What is counted. ``present`` are the voices present or represented, ``all`` those of all who were convened.
Count = namedtuple("Count", "yes no blank abstain present all", defaults=[0, 0, 0, 0, 0, 0])
#: ``base``: of what (see :data:`BASES`); ``share``: how much of it; ``over``: whether more than the share is needed, or
#: the share is enough; ``colleges``: None, ``weighted`` or ``each``.
Rule = namedtuple("Rule", "base share over colleges", defaults=[Fraction(1, 2), True, None])
#: ``base``: voices of which a part is needed; ``needed``: the least number of voices for; ``margin``: voices for beyond
#: that, below 0 where some are missing.
Result = namedtuple("Result", "adopted yes base needed margin tie")

#: expressed: for and against. cast: blanks too. present: whoever is there or represented, abstaining or not.
BASES = ("relative", "expressed", "cast", "present", "all")


def base_of(rule, count):
    """Return the voices of which a rule asks a part."""
    if rule.base in ("relative", "expressed"):
        return count.yes + count.no
    if rule.base == "cast":
        return count.yes + count.no + count.blank
    return count.present if rule.base == "present" else count.all


def needed(rule, count):
    """Return the least number of voices for that adopts; one at least."""
    if rule.base == "relative":
        return count.no + 1
    base = base_of(rule, count)
    part = Fraction(rule.share) * base
    return max(1, floor(part) + 1 if rule.over else ceil(part))


def decide(rule, count, casting=None):
    """Return the :class:`Result` of a vote without colleges.

    :param casting: how the chair breaks a tie of voices for and against (``yes`` or ``no``), None where the statutes
        give no casting vote: a tie is then a refusal.
    """
    wanted = needed(rule, count)
    tie = count.yes == count.no and count.yes > 0
    adopted = count.yes >= wanted or (tie and casting == "yes" and count.yes + 1 >= wanted)
    return Result(adopted, count.yes, base_of(rule, count), wanted, count.yes - wanted, tie)


def decide_each(rule, counts, casting=None):
    """Return whether every college adopts, and each one's result: one college that does not is a veto.

    :param counts: {college: :class:`Count`}; a college in which nobody may vote has no say.
    """
    results = {college: decide(rule, count, casting) for college, count in counts.items() if count.all}
    return bool(results) and all(result.adopted for result in results.values()), results


def decide_weighted(rule, counts, weights):
    """Return whether the colleges adopt together, and the share of their weight that is for.

    Each college brings its weight, shared out as its own voices are; a college with nothing to count brings none.

    :param weights: {college: weight above 0}.
    :return: (adopted, share for as a fraction, share needed).
    """
    total, favour = Fraction(0), Fraction(0)
    share = Fraction(1, 2) if rule.base == "relative" else Fraction(rule.share)
    for college, count in counts.items():
        base = base_of(rule, count)
        if base:
            total += Fraction(weights[college])
            favour += Fraction(weights[college]) * Fraction(count.yes, base)
    if not total:
        return False, Fraction(0), share
    part = favour / total
    over = rule.over or rule.base == "relative"
    return (part > share if over else part >= share and part > 0), part, share
