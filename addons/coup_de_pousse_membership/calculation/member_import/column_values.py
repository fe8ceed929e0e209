"""What a column holds, told by its values alone: numbers with a shape, or check digits, of their own."""

import re
from itertools import pairwise

from ..register.identifiers import normalise, normalise_rna, registry_problem, rna_problem
from ..table.table_reader import cell_text

#: Share of the values that must be of one kind, and how many values there must be.
NEARLY_ALL = 0.8
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_POSTCODE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}")


def _is_rna(text):
    number = normalise_rna(text)
    return bool(number) and not rna_problem(number)


def _is_registry(length):
    def check(text):
        number = normalise(text)
        return len(number) == length and not registry_problem(number)

    return check


#: Target → whether a text is such a value.
KINDS = {
    "rna": _is_rna,
    "siret": _is_registry(14),
    "siren": _is_registry(9),
    "email": _EMAIL.fullmatch,
    "zip": _POSTCODE.fullmatch,
}
_TOWN = re.compile(r"[^\W\d_][^\d@]*(?:cedex ?\d*)?", re.IGNORECASE)
#: Kind of values → what the header of their column may have said; without a header, any kind is taken.
_BY_HEADER = {
    "rna": frozenset([None, "ref", "name", "siret"]),
    "zip": frozenset(["street", "street2", "city", "zip_city"]),
}
#: How sure values are: surer than any header.
SURE = 4


def look_at_values(columns, rows):
    """Take columns for what nearly all their values are, whatever their headers say.

    :param columns: their targets are changed.
    :return: place of each column that was changed → how sure that is.
    """
    found = {}
    for column in columns:
        kind = kind_of_values(rows, column.index)
        # A number may be that of another body than the member: who gives the grant.
        said = column.target in _BY_HEADER.get(kind, ()) or not (column.header or column.target)
        if kind and said and all(other.target != kind for other in columns):
            column.target, found[column.index] = kind, SURE
    # Under a header merged over two columns, the town stands beside the postcode.
    for postcode, town in pairwise(columns):
        if (
            postcode.target == "zip"
            and not (town.header or town.target)
            and all(other.target != "city" for other in columns)
            and look_like_towns(rows, town.index)
        ):
            town.target, found[town.index] = "city", SURE
    return found


def kind_of_values(rows, index):
    """Return what nearly all values of a column are (a target of a list of members), or None."""
    texts = [cell_text(row.cells[index]) for row in rows if index < len(row.cells)]
    texts = [text for text in texts if text]
    if len(texts) > 1 and len(set(texts)) == 1:
        # The same on all lines: it is not the member's.
        return None
    for kind, check in KINDS.items():
        if texts and sum(bool(check(text)) for text in texts) >= NEARLY_ALL * len(texts):
            return kind
    return None


def look_like_towns(rows, index):
    """Return whether nearly all values of a column may be names of towns."""
    texts = [cell_text(row.cells[index]) for row in rows if index < len(row.cells)]
    return bool(texts) and sum(bool(_TOWN.fullmatch(text)) for text in texts) >= NEARLY_ALL * len(texts)
