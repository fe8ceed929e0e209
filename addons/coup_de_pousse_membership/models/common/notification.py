"""A few words at the corner of the screen, which is then read again."""


def notification(message, kind="success"):
    """Return the action that says something, then reads the screen again.

    :param kind: ``success``, ``info``, ``warning`` or ``danger``.
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "message": message,
            "next": {"type": "ir.actions.client", "tag": "soft_reload"},
        },
    }
