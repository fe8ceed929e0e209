"""When a call for a fee is reminded, and who is reminded of it."""

from datetime import date, timedelta


def step_due(steps, due_date, today, called_on, done=()):
    """Return which step of the reminders is to be sent for a call today.

    Only the latest step whose day has come counts: earlier ones that were missed are never sent
    after it. A step whose day came before the call itself went out is not sent either: the call
    said it already.

    :param steps: {step: days from the due date, negative before it}; no two with the same days.
    :param due_date: last day to pay.
    :param called_on: day on which the call went out, or None: nobody is reminded of what was never sent.
    :param done: days of the steps that went out already for this call.
    :return: the step, or None.
    """
    if not (due_date and called_on):
        return None
    come = [(days, step) for step, days in steps.items() if due_date + timedelta(days=days) <= today]
    if not come:
        return None
    days, step = max(come, key=lambda pair: pair[0])
    if due_date + timedelta(days=days) <= called_on:
        return None
    # The due date may have been moved after a reminder: what went out is never followed by an earlier step.
    if any(sent >= days for sent in done):
        return None
    return step


def still_member(left_on: date | None, date_from: date, today: date):
    """Return whether a member is to be reminded of a membership that begins on a day.

    :param left_on: last day before the member left; one before the membership began does not count,
        since the member has then joined again.
    """
    return not left_on or left_on >= today or left_on < date_from
