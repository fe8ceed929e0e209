"""What a membership and a member are at a date, from the facts alone.

Admission, payment and end are three different facts: paying is not being admitted, being called is
not having paid. A state is never typed in; it follows from them and from the date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

#: Odoo's payment states that leave nothing to be paid. ``in_payment`` is paid, waiting for the bank.
SETTLED = {"paid", "in_payment", "reversed"}

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


@dataclass(frozen=True)
class Call:
    """What one invoice or credit note says of a membership.

    :param refund: True for a credit note.
    :param status: ``draft``, ``posted`` or ``cancel``.
    :param payment: Odoo's payment state of the document.
    :param share: what this document charges (or gives back) for this membership, positive.
    :param total: the document's total, positive, less what credit notes gave back to others on it.
    :param residual: what is still open on the document, positive.
    :param credited: what matched credit notes gave back for this membership.
    """

    refund: bool
    status: str
    payment: str
    share: float
    total: float
    residual: float
    credited: float = 0.0


def payment_status(calls, is_free=False, settled_elsewhere=False, tolerance=0.005, withdrawn=False):
    """Tell what was called and paid for one membership.

    :param calls: the :class:`Call` of each invoice or credit note that carries the membership.
    :param is_free: a rule of the grid says that nothing is owed.
    :param settled_elsewhere: the fee was settled before this system was used; what is called here
        all the same goes before.
    :param tolerance: amounts closer than this are equal (half of the currency's smallest unit).
    :param withdrawn: the membership was given up before it ran: what was not called never will be,
        while a call that stands is still owed.
    :return: ``free``, ``not_called``, ``called``, ``partial``, ``paid`` or ``cancelled``.
    """
    posted = [call for call in calls if call.status == "posted"]
    if not posted:
        if settled_elsewhere:
            return "paid"
        if withdrawn or (calls and all(call.status == "cancel" for call in calls)):
            return "cancelled"
        return "free" if is_free else "not_called"
    invoices = [call for call in posted if not call.refund]
    refunds = [call for call in posted if call.refund]
    if sum(c.share for c in invoices) - sum(c.share for c in refunds) < tolerance:
        return "cancelled"
    unsettled = [call for call in invoices if call.payment not in SETTLED]
    if not unsettled:
        return "paid"
    if any(call.payment in ("paid", "in_payment") for call in invoices):
        return "partial"
    # A credit note alone lowers what is open without anybody having paid.
    still_open = sum(call.residual for call in unsettled)
    given_back = sum(call.total - call.residual for call in refunds)
    owed = sum(call.total for call in unsettled) - given_back
    return "partial" if still_open < owed - tolerance else "called"


def counts_as_member(admission, payment, called_counts=False, withdrawn=False):
    """Tell whether the facts give the rights of a member during the period.

    :param called_counts: the category grants them as soon as the fee is called.
    :param withdrawn: the membership was given up before it ran.
    """
    if admission != "admitted" or withdrawn:
        return False
    return payment in ("paid", "free") or (called_counts and payment in ("called", "partial"))


def last_day(date_to: date, ended_on: date | None, left_on: date | None, date_from: date) -> date:
    """Give the last day on which the membership runs.

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


def membership_state(admission, payment, counts, date_from, until, today, withdrawn=False):
    """Give the state of a membership at a day.

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
    """Give the state of a member at a day.

    :param memberships: (state, first day, next change) of each of its memberships.
    :param left_on: last day before the member left, or None.
    :return: (state, day of the next change that time alone brings, or None).
    """
    if left_on and not any(
        start > left_on and state not in ("refused", "cancelled") for state, start, _change in memberships
    ):
        if today > left_on:
            return "left", None
        memberships = [*memberships, (None, None, left_on + timedelta(days=1))]
    changes = [change for _state, _start, change in memberships if change]
    states = {state for state, _start, _change in memberships}
    strongest = next((state for state in STRENGTH if state in states), None)
    return MEMBER_STATE_OF.get(strongest, "none"), min(changes, default=None)
