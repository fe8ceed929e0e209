"""What the register said at a past day: the facts as they stood then.

Every fact carries its day. A fact counts from the day it bears, even if it was typed in later: the
register at 31 December does not depend on when the office caught up. What bears no day (a cancelled
or deleted document, a payment unmatched since) is shown as it stands now.
"""

from dataclasses import dataclass
from datetime import date

from ..register.membership_state import (
    STRENGTH,
    VOID,
    counts_as_member,
    first_departure_from,
    last_day,
    member_state,
    membership_state,
    payment_status,
)


@dataclass(frozen=True)
class MembershipFacts:
    """One membership: admission, calls and end, with their days.

    :param calls: the ``Call`` of each document, as of the day in question.
    :param withdrawn_on: day on which it was given up before it ran, or None.
    :param settled_elsewhere_on: day on which the fee was settled before this system was used, or None.
    """

    admission: str
    applied_on: date | None
    decided_on: date | None
    date_from: date
    date_to: date
    ended_on: date | None = None
    withdrawn_on: date | None = None
    calls: tuple = ()
    is_free: bool = False
    called_counts: bool = False
    settled_elsewhere_on: date | None = None


def departure_at(departures, day):
    """Return the last day of the departure that lasts at a day, or None.

    :param departures: (last day, day of joining again or None) of each departure.
    """
    lasting = [
        left_on for left_on, returned_on in departures if left_on < day and (not returned_on or returned_on > day)
    ]
    return max(lasting, default=None)


def admission_at(admission, applied_on, decided_on, date_from, day):
    """Return the admission as it stood at a day, or None where nobody knew of the membership.

    A renewal bears the decision of the first admission: until it is prepared (``applied_on``) or
    begins, it does not exist.
    """
    decided = admission != "applied" and decided_on and decided_on <= day
    if decided and (date_from <= day or (applied_on or decided_on) <= day):
        return admission
    return "applied" if (applied_on or date_from) <= day else None


def membership_at(facts, departures, day):
    """Return the state of a membership at a day, or None where it did not exist yet.

    :param departures: last day of each departure of the member.
    """
    admission = admission_at(facts.admission, facts.applied_on, facts.decided_on, facts.date_from, day)
    if admission is None:
        return None
    withdrawn = bool(facts.withdrawn_on and facts.withdrawn_on <= day)
    # An imported fee without a day bears the period's last one: all that is known is that it was paid.
    settled_on = facts.settled_elsewhere_on
    settled = bool(settled_on and (settled_on <= day or settled_on == facts.date_to))
    payment = payment_status(facts.calls, facts.is_free, settled, withdrawn=withdrawn)
    counts = counts_as_member(admission, payment, facts.called_counts, withdrawn)
    until = last_day(facts.date_to, facts.ended_on, first_departure_from(departures, facts.date_from), facts.date_from)
    state, _change = membership_state(admission, payment, counts, facts.date_from, until, day, withdrawn)
    return state


def member_at(memberships, departures, day):
    """Return the state of a member at a day, and the membership that gives it.

    :param memberships: the :class:`MembershipFacts` of the member.
    :param departures: (last day, day of joining again or None) of each of its departures.
    :return: (state, index of the membership that gives the state, or None).
    """
    last_days = [left_on for left_on, _returned in departures]
    states = [(membership_at(facts, last_days, day), facts.date_from, index) for index, facts in enumerate(memberships)]
    states = [row for row in states if row[0]]
    state, _change = member_state(
        [(name, start, None) for name, start, _index in states], departure_at(departures, day), day
    )
    if state == "left":
        # The last one that ran says in which category it left.
        order = [(name in (*VOID, "applied"), -start.toordinal(), index) for name, start, index in states]
    else:
        order = [(STRENGTH.index(name), -start.toordinal(), index) for name, start, index in states]
    return state, min(order)[2] if order else None
