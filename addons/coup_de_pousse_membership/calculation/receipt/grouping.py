"""Which payments one receipt states together."""

from itertools import groupby


def group(payments, per_gift):
    """Return lists of payments, each for one receipt; who gave first comes first.

    An individual's payments of a year are stated together, what they waived apart from what they paid; a company's
    too, or each by itself where the association has chosen so (form 16216 allows both).

    :param payments: (key of the donor, whether a company, nature, day, payment) of each, of one year.
    :param per_gift: whether each gift of a company has its own receipt.
    """

    def key(entry):
        rank, (donor, company, nature, _day, _payment) = entry
        return (donor, nature, rank if company and per_gift else -1)

    entries = sorted(enumerate(payments), key=key)
    groups = [[entry for _rank, entry in found] for _key, found in groupby(entries, key=key)]
    groups = [sorted(found, key=lambda entry: entry[3]) for found in groups]
    return [[entry[4] for entry in found] for found in sorted(groups, key=lambda found: (found[0][3], found[0][0]))]
