"""Which payments one receipt states together."""

from collections import defaultdict


def group(payments, per_gift):
    """Return lists of payments, each for one receipt; who gave first comes first.

    An individual's payments of a year are stated together, what they waived apart from what they paid; a company's
    too, or each by itself where the association has chosen so (form 16216 allows both).

    :param payments: (key of the donor, whether a company, nature, day, payment) of each, of one year.
    :param per_gift: whether each gift of a company has its own receipt.
    """
    groups = defaultdict(list)
    for rank, (donor, company, nature, day, payment) in enumerate(payments):
        alone = rank if company and per_gift else -1
        groups[donor, nature, alone].append((day, rank, payment))
    in_order = {key: sorted(parts, key=lambda part: part[:2]) for key, parts in groups.items()}
    # Who gave first comes first: the first day of each, then the donor.
    keys = sorted(in_order, key=lambda key: (in_order[key][0][0], key))
    return [[payment for _day, _rank, payment in in_order[key]] for key in keys]
