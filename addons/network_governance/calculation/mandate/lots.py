"""Drawing by lot which third of the seats is renewed first, so that anybody can check it.

The draw follows from the recorded seed alone: whoever has it and the list of seats finds the same
thirds again.
"""

import random

GROUPS = 3


def draw(seats, seed, groups=GROUPS):
    """Share seats out by lot.

    :param seats: ids; their order does not matter.
    :param seed: text that decides the draw.
    :return: {seat: group, from 1}; the sizes of two groups differ by one at most.
    """
    order = sorted(seats)
    random.Random(str(seed)).shuffle(order)  # noqa: S311 - reproducible on purpose
    return {seat: index % groups + 1 for index, seat in enumerate(order)}


def first_months(term_months, group, groups=GROUPS):
    """Return how many months the first mandate of a group lasts: the first third ends after a third of the term."""
    return round(term_months * group / groups)
