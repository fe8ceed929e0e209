"""Bodies × functions: what nobody does, and what several do at the same place."""

from collections import defaultdict


def review(bodies, functions):
    """Find the gaps and the duplicates of a scheme.

    :param bodies: (body, place, its functions); a place is a level and a territory.
    :param functions: all functions.
    :return: (gaps, duplicates): {place: functions without a body}, {(place, function): its bodies,
        where there are several}.
    """
    at = defaultdict(lambda: defaultdict(list))
    for body, place, own in bodies:
        done = at[place]  # a place where a body does nothing has all the gaps
        for function in own:
            done[function].append(body)
    gaps = {place: [f for f in functions if f not in done] for place, done in at.items()}
    duplicates = {
        (place, function): who for place, done in at.items() for function, who in done.items() if len(who) > 1
    }
    return {place: missing for place, missing in gaps.items() if missing}, duplicates
