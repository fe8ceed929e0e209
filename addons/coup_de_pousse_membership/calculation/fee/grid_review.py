"""What is wrong with a grid before it is voted: holes, and rules that are never reached.

The criteria of a grid cut the space of possible members (category, tariff, territory, year of
membership, figures) into cells within which the same rule always applies. Trying one member of each
cell tells where no rule applies (a hole) and which rules never do (shadowed by earlier ones).
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .fee import Case, bounds, match

#: Stands for every territory that no rule names.
ELSEWHERE = "elsewhere"
#: More cells than this are not tried: a grid of that size cannot be read by people either.
MOST_CELLS = 200_000


@dataclass(frozen=True)
class Value:
    """One value of a dimension: what is tried, and the range that it stands for."""

    tried: object
    start: object
    stop: object = None


@dataclass(frozen=True)
class Hole:
    """Members that no rule catches.

    :param category: their category.
    :param limits: ((dimension, first value, value after the last or None)…); a dimension that is not
        named does not matter. For territories, the first value is a tuple of those that are alike.
    """

    category: object
    limits: tuple


@dataclass(frozen=True)
class Review:
    """What is to be looked at; ``too_large`` says that the grid has too many cells to be tried."""

    holes: tuple = ()
    shadowed: tuple = ()
    too_large: bool = False


def review(rules, categories, territories):
    """Look for holes and shadowed rules.

    :param rules: the :class:`~.fee.Rule` of the grid, in order.
    :param categories: keys of the categories that the grid should serve.
    :param territories: {territory named by a rule: frozenset of itself and all above it}.
    :return: a :class:`Review`.
    """
    rules = list(rules)
    reached, holes = set(), []
    for category in categories:
        mine = [rule for rule in rules if rule.scope.serves(category)]
        cut = dimensions(mine, territories)
        cells = 1
        for _name, values in cut:
            cells *= len(values)
        if cells * max(len(mine), 1) > MOST_CELLS:
            return Review(too_large=True)
        holes.extend(Hole(category, limits) for limits in _explore(mine, category, cut, {}, reached))
    shadowed = tuple(rule.key for rule in rules if rule.key not in reached)
    return Review(tuple(holes), shadowed)


def dimensions(rules, territories):
    """Return [(name, values)] in which the rules differ; figures last, since people read them last."""
    found = []
    tariffs = sorted({tariff for rule in rules for tariff in rule.scope.tariffs}, key=str)
    if tariffs:
        found.append(("tariff", [Value(t, t) for t in [None, *tariffs]]))
    places = _places(rules, territories)
    if places:
        values = [Value(territories[alike[0]], alike) for alike in places]
        found.append(("territory", [*values, Value(frozenset({ELSEWHERE}), (ELSEWHERE,))]))
    years = {rule.scope.year_from for rule in rules} | {
        rule.scope.year_to + 1 for rule in rules if rule.scope.year_to is not None
    }
    years = sorted({year for year in years if year is not None} | {1})
    if len(years) > 1:
        found.append(("year", _ranges(years)))
    read = sorted({band.basis for rule in rules for band in rule.bands})
    return [*found, *((basis, _ranges(bounds(rules, basis))) for basis in read)]


def _places(rules, territories):
    """Return the territories that the rules name, those that the same rules concern together."""
    named = sorted({place for rule in rules for place in rule.scope.territories}, key=str)
    alike = {}
    for place in named:
        concerned = tuple(bool(rule.scope.territories & territories[place]) for rule in rules)
        alike.setdefault(concerned, []).append(place)
    return [tuple(places) for places in alike.values()]


def _ranges(cuts):
    """Return the ranges between the cuts: the lower one belongs to the range, the upper one does not."""
    ranges = [Value(start, start, stop) for start, stop in pairwise(cuts)]
    return [*ranges, Value(cuts[-1], cuts[-1])]


def made_up_case(category, tried, **others):
    """Return a member with the tried values of the dimensions, in no territory that a rule names if none is tried.

    :param tried: {dimension: value}; what is no other dimension is a figure.
    :param others: what else the :class:`~.fee.Case` has, such as its year of membership if none is tried.
    """
    tried = dict(tried)
    known = {name: tried.pop(name) for name in ("tariff", "year") if name in tried}
    territories = tried.pop("territory", frozenset({ELSEWHERE}))
    return Case(category, territories=territories, figures=AnyFigure(tried), **{**others, **known})


def _explore(rules, category, cut, tried, reached):
    """Return the holes below ``tried`` as tuples of limits, in as few words as possible."""
    if not cut:
        rule = _first_match(rules, category, tried)
        if rule is None:
            return ((),)
        reached.add(rule.key)
        return ()
    (name, values), *rest = cut
    groups = []  # neighbours below which the holes are the same
    for value in values:
        holes = _explore(rules, category, rest, {**tried, name: value.tried}, reached)
        if groups and groups[-1][0] == holes:
            groups[-1][1].append(value)
        else:
            groups.append((holes, [value]))
    if len(groups) == 1:
        return groups[0][0]
    found = []
    for holes, members in groups:
        if name in ("tariff", "territory"):
            spans = [(name, member.start, None) for member in members]
        else:
            spans = [(name, members[0].start, members[-1].stop)]
        found += [(span, *hole) for hole in holes for span in spans]
    return tuple(found)


def _first_match(rules, category, tried):
    case = made_up_case(category, tried)
    return next((rule for rule in rules if match(rule, case) is True), None)


class AnyFigure(dict):
    """Figures of a made-up member: one that no band reads is known, whatever it is."""

    def get(self, key, default=None):
        """Return the figure; 0 for one that was not tried."""
        return super().get(key, Decimal(0))
