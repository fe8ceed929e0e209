"""The amount against the figure, for a picture and a table of a grid.

A grid distinguishes members by what its rules distinguish (category, tariff, territory, year of
membership, other figures); each such profile has its own curve over the figure that its rules read
first.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from .fee import AGE, PRICED, bounds, quote
from .grid_review import dimensions, made_up_case

#: More curves than this on one picture cannot be distinguished.
MOST_CURVES = 24
#: A started group makes stairs: points tried within a band to show them.
POINTS_OF_STAIRS = 60
#: Where nothing bounds the figure, the picture goes to this multiple of the last bound.
BEYOND = Decimal("1.5")
WITHOUT_BOUND = {"budget": 200_000, "turnover": 1_000_000, "inhabitants": 10_000}


@dataclass(frozen=True)
class FeeCurve:
    """The fees of one profile.

    :param category: the category.
    :param limits: ((dimension, first value, value after the last or None)…) of the profile.
    :param basis: figure along the axis; None where the fee depends on none.
    :param points: ((figure, amount or None where no rule applies)…), in rising order.
    :param rows: ((first figure, figure after the last or None, amount at the first)…).
    """

    category: object
    limits: tuple
    basis: str | None
    points: tuple
    rows: tuple


def curves(grid, categories, territories, months):
    """Draw a grid.

    :param grid: the :class:`~.fee.Grid`.
    :param categories: keys of the categories to draw.
    :param territories: {territory named by a rule: frozenset of itself and all above it}.
    :param months: months of a whole membership.
    :return: list of :class:`FeeCurve`, at most :data:`MOST_CURVES`.
    """
    found = []
    for category in categories:
        mine = [rule for rule in grid.rules if rule.scope.serves(category)]
        if not mine:
            continue
        basis = _main_basis(mine)
        others = [(name, values) for name, values in dimensions(mine, territories) if name != basis]
        for profile in product(*(values for _name, values in others)):
            named = dict(zip((name for name, _values in others), profile, strict=True))
            found.append(_curve(grid, mine, category, basis, named, months))
            if len(found) == MOST_CURVES:
                return found
    return found


def _main_basis(rules):
    """Return the figure that most rules read; the age of the organisation only for want of another."""
    count = {}
    for rule in rules:
        for basis in {band.basis for band in rule.bands} | ({rule.basis} if rule.basis else set()):
            count[basis] = count.get(basis, 0) + (0 if basis == AGE else 1)
    return max(count, key=count.get, default=None)


def _curve(grid, rules, category, basis, named, months):
    def amount_at(figure):
        tried = {name: value.tried for name, value in named.items()}
        if basis:
            tried[basis] = figure
        return quote(grid, made_up_case(category, tried, year=2, months=months)).amount

    limits = tuple((name, value.start, value.stop) for name, value in named.items())
    if basis is None:
        amount = amount_at(Decimal(0))
        return FeeCurve(category, limits, None, ((Decimal(0), amount),), ((None, None, amount),))
    cuts = bounds(rules, basis)
    points, rows = [], []
    for start, stop in pairwise([*cuts, None]):
        rows.append((start, stop, amount_at(start)))
        end = stop if stop is not None else _far(start, basis)
        points += [(figure, amount_at(figure)) for figure in _samples(rules, start, end)]
    return FeeCurve(category, limits, basis, tuple(points), tuple(rows))


def _far(last, basis):
    return last * BEYOND if last else Decimal(WITHOUT_BOUND.get(basis, 50))


def _samples(rules, start, end):
    """Return figures of a band: its ends make a straight line, stairs and bounds need more."""
    width = end - start
    count = POINTS_OF_STAIRS if any(rule.method in PRICED for rule in rules) else 1
    inner = [start + width * index / count for index in range(count)]
    return [*inner, end - width / 10_000]
