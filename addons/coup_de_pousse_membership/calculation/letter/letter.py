"""How fast mails go out, and what became of a letter."""

#: Share of an hour's mails that may go out within :data:`BURST_MINUTES`, so that they spread.
BURST_MINUTES = 5


def mails_allowed(per_hour, in_last_hour, in_last_minutes):
    """Return how many mails may be handed over now.

    :param per_hour: chosen rate.
    :param in_last_hour: mails handed over within the last 60 minutes.
    :param in_last_minutes: those of the last :data:`BURST_MINUTES`.
    :return: a number that keeps every hour at or under the rate, and spreads the mails over it.
    """
    burst = -(-per_hour * BURST_MINUTES // 60)
    return max(0, min(per_hour - in_last_hour, burst - in_last_minutes))


def letter_state(notifications, by_post=False, posted=False, refused=False):
    """Return what became of a letter.

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
