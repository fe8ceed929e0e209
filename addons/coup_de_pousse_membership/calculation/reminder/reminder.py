"""When a call for a fee is reminded, and who is reminded of it."""

from datetime import date, timedelta


def step_due(steps, due_date, today, called_on, done=()):
    """Return which step of the reminders is to be sent for a call today.

    Only the latest step whose day has come counts: earlier ones that were missed are never sent
    after it. A step whose day came before the call itself went out is not sent either: the call
    said it already. Of a call that nobody is known to have sent, a reminder goes out once it is late:
    it takes the call with it.

    :param steps: {step: days from the due date, negative before it}; no two with the same days.
    :param due_date: last day to pay.
    :param called_on: day on which the call went out, or None if nobody is known to have sent it.
    :param done: days of the steps that went out already for this call.
    :return: the step, or None.
    """
    if not due_date or (not called_on and today <= due_date):
        return None
    come = [(days, step) for step, days in steps.items() if due_date + timedelta(days=days) <= today]
    if not come:
        return None
    days, step = max(come, key=lambda pair: pair[0])
    return step if _may_go_out(days, due_date, called_on, done) else None


def next_step(steps, due_date, today, called_on, done=()):
    """Return the step that follows for a call that is not reminded today, and its day; None without.

    The parameters are those of :func:`step_due`.
    """
    if not due_date:
        return None
    if not called_on:
        # Before it is late, nobody is reminded of what was never sent.
        today = max(today, due_date)
    to_come = [
        (days, step)
        for step, days in steps.items()
        if due_date + timedelta(days=days) > today and _may_go_out(days, due_date, called_on, done)
    ]
    if not to_come:
        return None
    days, step = min(to_come, key=lambda pair: pair[0])
    return step, due_date + timedelta(days=days)


def _may_go_out(days, due_date, called_on, done):
    """Return whether a step follows the call itself, and what went out already."""
    if called_on and due_date + timedelta(days=days) <= called_on:
        return False
    # The due date may have been moved after a reminder: what went out is never followed by an earlier step.
    return not any(sent >= days for sent in done)


def still_member(left_on: date | None, date_from: date, today: date):
    """Return whether a member is to be reminded of a membership that begins on a day.

    :param left_on: last day before the member left; one before the membership began does not count,
        since the member has then joined again.
    """
    return not left_on or left_on >= today or left_on < date_from
