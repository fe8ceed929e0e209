"""Money settles what is open in a given order, the oldest due first."""


def settle(amount, items, left, rounded=lambda amount: amount):
    """Give an amount to open items in their order, to each at most what it has left.

    :param items: keys of ``left``, in the order in which they are served.
    :param left: {item: what is still open of it}; lowered by what is given.
    :param rounded: rounds to the smallest unit of the currency, where amounts are floats.
    :return: ``([(item, its part)], what is left of the amount)``.
    """
    parts = []
    for item in items:
        part = rounded(min(amount, left[item]))
        if part > 0:
            parts.append((item, part))
            left[item] -= part
            amount = rounded(amount - part)
    return parts, amount
