"""What a membership and a member are at a date, from the facts alone.

Admission, payment and end are three different facts: paying is not being admitted, being called is
not having paid. A state is never typed in; it follows from them and from the date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

#: A member is what its strongest membership makes it, in this order.
MEMBER_STATE_OF = {
    "active": "member",
    "unpaid": "unpaid",
    "upcoming": "upcoming",
    "applied": "applicant",
    "expired": "former",
    "refused": "refused",
    "cancelled": "none",
}
STRENGTH = list(MEMBER_STATE_OF)
#: States of a membership that came to nothing: nobody is, was or becomes a member by it.
VOID = ("refused", "cancelled")
#: States of a membership that runs, will run, or waits for a decision.
OPEN = tuple(state for state in STRENGTH if state not in (*VOID, "expired"))
#: States of a member's file that make a member: up to date, or with a fee to be paid.
MEMBERS = ("member", "unpaid")
#: Amounts closer than this are equal: half of the smallest unit of the currency.
TOLERANCE = 0.005


@dataclass(frozen=True)
class Call:
    """What one invoice or credit note is for a membership. Amounts are positive.

    :param refund: True for a credit note.
    :param status: ``draft``, ``posted`` or ``cancel``.
    :param share: what this document charges (or gives back) for this membership.
    :param waived: what is taken off it by credit notes that name no membership.
    :param money: what money paid of it (or what money was paid back).
    :param written_off: what was settled of it by a loss, or another entry that brought no money.
    :param open: what is still open of it.
    """

    refund: bool
    status: str
    share: float
    waived: float = 0.0
    money: float = 0.0
    written_off: float = 0.0
    open: float = 0.0


def payment_status(calls, is_free=False, settled_elsewhere=False, withdrawn=False):
    """Return what was called and paid for one membership.

    :param calls: the :class:`Call` of each invoice or credit note that carries the membership.
    :param is_free: a rule of the grid says that nothing is owed.
    :param settled_elsewhere: the fee was settled before this system was used; what is called here
        all the same goes before.
    :param withdrawn: the membership was given up before it ran: what was not called never will be,
        while a call that stands is still owed.
    :return: ``free``, ``not_called``, ``called``, ``partial``, ``paid`` or ``cancelled``.
    """
    posted = [call for call in calls if call.status == "posted"]
    if posted:
        return _posted_status(posted)
    if settled_elsewhere:
        return "paid"
    if withdrawn or (calls and all(call.status == "cancel" for call in calls)):
        return "cancelled"
    return "free" if is_free else "not_called"


def _posted_status(posted):
    """Return what was paid of calls that are posted: what settled them otherwise pays nothing."""
    owed = _net(posted, "share") - sum(call.waived for call in posted if not call.refund)
    if owed < TOLERANCE:
        return "cancelled"
    money = _net(posted, "money")
    if money > owed - TOLERANCE:
        return "paid"
    return "partial" if money > TOLERANCE else "called"


def _net(calls, name):
    """Return the sum of an amount over calls, credit notes deducted."""
    return sum(-getattr(call, name) if call.refund else getattr(call, name) for call in calls)


def amounts(calls):
    """Return what is open, what money paid and what was written off of a membership's posted calls."""
    posted = [call for call in calls if call.status == "posted"]
    return _net(posted, "open"), _net(posted, "money"), sum(call.written_off for call in posted if not call.refund)


def counts_as_member(admission, payment, called_counts=False, withdrawn=False):
    """Return whether the facts give the rights of a member during the period.

    :param called_counts: the category grants them as soon as the fee is called.
    :param withdrawn: the membership was given up before it ran.
    """
    if admission != "admitted" or withdrawn:
        return False
    return payment in ("paid", "free") or (called_counts and payment in ("called", "partial"))


def last_day(date_to: date, ended_on: date | None, left_on: date | None, date_from: date) -> date:
    """Return the last day on which the membership runs.

    :param ended_on: the membership's own early end.
    :param left_on: the day on which the member left; one before the period began does not count,
        since the member has then joined again.
    """
    days = [date_to]
    if ended_on:
        days.append(ended_on)
    if left_on and left_on >= date_from:
        days.append(left_on)
    return min(days)


def first_departure_from(departures, day):
    """Return the first of these last days at or after a day, or None: it ends what ran then."""
    return min((left_on for left_on in departures if left_on >= day), default=None)


def membership_state(admission, payment, counts, date_from, until, today, withdrawn=False):
    """Return the state of a membership at a day.

    :param until: the last day on which it runs, included.
    :param withdrawn: it was given up before it ran, or the application was withdrawn: cancelled,
        whatever was paid. A refusal stays a refusal.
    :return: (state, day of the next change that time alone brings, or None).
    """
    if withdrawn and admission != "refused":
        return "cancelled", None
    if admission != "admitted":
        return admission, None
    if payment == "cancelled":
        return "cancelled", None
    if today > until:
        return "expired", None
    if today < date_from:
        return "upcoming", date_from
    return ("active" if counts else "unpaid"), until + timedelta(days=1)


def member_state(memberships, left_on, today):
    """Return the state of a member at a day.

    :param memberships: (state, first day, next change) of each of its memberships.
    :param left_on: last day before the member left, or None.
    :return: (state, day of the next change that time alone brings, or None).
    """
    if left_on and not any(start > left_on and state not in VOID for state, start, _change in memberships):
        if today > left_on:
            return "left", None
        memberships = [*memberships, (None, None, left_on + timedelta(days=1))]
    changes = [change for _state, _start, change in memberships if change]
    states = {state for state, _start, _change in memberships}
    strongest = next((state for state in STRENGTH if state in states), None)
    return MEMBER_STATE_OF.get(strongest, "none"), min(changes, default=None)
