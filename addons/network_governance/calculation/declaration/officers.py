"""Who joins and who leaves the direction of an association, to be declared within three months.

Act of 1 July 1901, art. 5: associations make known, within three months, the changes in their
administration. Who is elected again without a gap is no change.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from dateutil.relativedelta import relativedelta

MONTHS = 3
ENTERS, LEAVES = "enters", "leaves"


@dataclass(frozen=True)
class Officer:
    """Whoever sits on a body, or holds an office there: the same in every language.

    :param office: kind of office; None for the seat itself.
    :param title: what the office is called where its usual name does not fit.
    """

    body: int
    person: int
    office: str | None = None
    title: str | None = None


def deadline(changed_on):
    """Return the last day on which a change may be declared."""
    return changed_on + relativedelta(months=MONTHS)


def merge(spans):
    """Join spans of days that touch or overlap.

    :param spans: (first day, last day or None).
    :return: the same days as disjoint spans, in order.
    """
    merged = []
    for first, last in sorted(spans, key=lambda span: span[0]):
        if merged and (merged[-1][1] is None or first <= merged[-1][1] + timedelta(days=1)):
            before = merged[-1]
            merged[-1] = (before[0], None if None in (before[1], last) else max(before[1], last))
        else:
            merged.append((first, last))
    return merged


def changes(spans, since, today):
    """Return the set of (key, event, day) that happened between two days, both included.

    :param spans: (key, first day, last day or None); a key is whoever holds what, where.
    """
    by_key = defaultdict(list)
    for key, first, last in spans:
        by_key[key].append((first, last))
    found = set()
    for key, own in by_key.items():
        for first, last in merge(own):
            if since <= first <= today:
                found.add((key, ENTERS, first))
            # Still in place on the last day: the change is there once that day is over.
            if last and since <= last < today:
                found.add((key, LEAVES, last))
    return found
