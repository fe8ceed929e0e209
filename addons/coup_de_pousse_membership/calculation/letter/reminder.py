"""When a call for a fee is reminded, how fast mails go out, and what became of a letter."""

from datetime import date, timedelta

#: Share of an hour's mails that may go out within :data:`BURST_MINUTES`, so that they spread.
BURST_MINUTES = 5


def step_due(steps, due_date, today, called_on, done=()):
    """Tell which step of the reminders is to be sent for a call today.

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
    """Tell whether a member is to be reminded of a membership that begins on a day.

    :param left_on: last day before the member left; one before the membership began does not count,
        since the member has then joined again.
    """
    return not left_on or left_on >= today or left_on < date_from


def mails_allowed(per_hour, in_last_hour, in_last_minutes):
    """Tell how many mails may be handed over now.

    :param per_hour: chosen rate.
    :param in_last_hour: mails handed over within the last 60 minutes.
    :param in_last_minutes: those of the last :data:`BURST_MINUTES`.
    :return: a number that keeps every hour at or under the rate, and spreads the mails over it.
    """
    burst = -(-per_hour * BURST_MINUTES // 60)
    return max(0, min(per_hour - in_last_hour, burst - in_last_minutes))


def letter_state(notifications, by_post=False, posted=False, refused=False):
    """Tell what became of a letter.

    :param notifications: Odoo's status of each mail of the last attempt.
    :param by_post: no address to write to.
    :param posted: printed and posted.
    :param refused: it could not even be prepared.
    :return: ``posted``, ``to_post``, ``failed``, ``bounced``, ``queued`` or ``sent``.
    """
    if posted:
        return "posted"
    if by_post:
        return "to_post"
    if "bounce" in notifications:
        return "bounced"
    if refused or "exception" in notifications or "canceled" in notifications:
        return "failed"
    return "queued" if {"ready", "process"} & set(notifications) else "sent"
