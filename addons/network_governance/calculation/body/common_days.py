"""The days that two things have in common, such as a seat and its body."""


def common_days(first, last, other_first, other_last):
    """Return (first, last) of the days in common; None where both are open.

    :param first: first day of one of them; empty: since always.
    :param last: its last day, included; empty: it goes on.
    """
    return (
        max(filter(None, (first, other_first)), default=None),
        min(filter(None, (last, other_last)), default=None),
    )
