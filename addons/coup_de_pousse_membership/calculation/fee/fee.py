"""How much a member owes under a fee grid.

Rules are tried in order; the first whose criteria all match gives the amount. Then, in this order:
floor and cap, adjustments (solidarity, half price in the first year…), prorata, rounding, entry fee.
A band's lower bound is included, its upper bound is not. What is missing is not 0: when a rule needs
it, the grid stops there and says so, because a later rule could give a wrong amount.

Amounts and figures are :class:`~decimal.Decimal`, amounts in the grid's currency, before tax.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType
from typing import NamedTuple

from ..common.amounts import CENT, round_to
from ..register.figures import FIGURES

#: Of the yearly figures, the sums of money.
MONEY = ("budget", "turnover")
#: Age of the organisation in full years; a basis like the figures, from its date of foundation.
AGE = "age"

#: Methods that multiply a figure.
PRICED = ("rate", "unit", "step", "brackets")


class Band(NamedTuple):
    """A criterion on a number: ``lower`` ≤ number < ``upper``; None for no bound."""

    basis: str
    lower: Decimal | None = None
    upper: Decimal | None = None

    def holds(self, number):
        """Return whether a number is in the band: the lower bound is, the upper one is not."""
        return (self.lower is None or number >= self.lower) and (self.upper is None or number < self.upper)


class Bracket(NamedTuple):
    """A bracket of a progressive fee: from which figure on, up to the next one, at which rate (0.1 % is 0.001)."""

    starts_from: Decimal
    rate: Decimal


@dataclass(frozen=True)
class Scope:
    """Whom a rule or an adjustment concerns; what is empty or None concerns everybody.

    :param categories: kinds of member.
    :param tariffs: tariffs that the member declares (student, low income, support…).
    :param territories: territories the member must be in; a member carries its own and all above.
    :param year_from: first year of membership concerned (1 is the first).
    :param year_to: last year of membership concerned, included.
    """

    categories: frozenset = frozenset()
    tariffs: frozenset = frozenset()
    territories: frozenset = frozenset()
    year_from: int | None = None
    year_to: int | None = None

    def serves(self, category):
        """Return whether members of a category may be in the scope."""
        return not self.categories or category in self.categories

    def concerns(self, case):
        """Return whether the case is in the scope; territories apart, which may be missing."""
        if self.categories and case.category not in self.categories:
            return False
        if self.tariffs and case.tariff not in self.tariffs:
            return False
        if self.year_from is not None and case.year < self.year_from:
            return False
        return self.year_to is None or case.year <= self.year_to

    def in_territory(self, case):
        """Return whether one of the case's territories is among those of the scope."""
        return not self.territories or bool(self.territories & case.territories)


@dataclass(frozen=True)
class Rule:
    """One line of a grid.

    :param key: what the caller knows the rule by.
    :param method: how the amount is found:
        ``fixed``: ``amount``;
        ``rate``: ``amount`` + ``price`` × figure (a rate of 0.08 % is 0.0008);
        ``unit``: ``amount`` + ``price`` for each unit of the figure above ``threshold``;
        ``step``: the same for each started group of ``step`` units;
        ``brackets``: ``amount`` + each part of the figure at the rate of the bracket that it lies in;
        ``free``: chosen by the member between ``floor`` and ``cap``; ``amount`` is the suggestion.
    :param basis: figure that ``price`` multiplies.
    :param brackets: the :class:`Bracket` of a progressive fee, in rising order; below the first one nothing is owed.
    :param bands: numeric criteria, all of which must hold.
    :param floor: least amount, or None.
    :param cap: greatest amount, or None.
    :param entry_fee: asked once, from new members, on top.
    """

    key: object
    amount: Decimal = Decimal(0)
    method: str = "fixed"
    basis: str | None = None
    bands: tuple = ()
    scope: Scope = Scope()
    price: Decimal = Decimal(0)
    threshold: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    brackets: tuple = ()
    floor: Decimal | None = None
    cap: Decimal | None = None
    entry_fee: Decimal = Decimal(0)


@dataclass(frozen=True)
class Adjustment:
    """What changes an amount once the rule has given it.

    :param factor: the amount is multiplied by it (half price is 0.5).
    :param addition: then added to it (a solidarity contribution), negative to reduce.
    """

    key: object
    scope: Scope = Scope()
    factor: Decimal = Decimal(1)
    addition: Decimal = Decimal(0)


@dataclass(frozen=True)
class Grid:
    """A whole grid.

    :param months: months of the period that the amounts are given for: 12 for a yearly fee, 1 for a
        monthly one.
    :param prorata: the fee is owed by month; otherwise the whole period is owed.
    :param rounding: (unit, one of :data:`~..common.amounts.ROUNDINGS`).
    """

    rules: tuple
    adjustments: tuple = ()
    floor: Decimal | None = None
    cap: Decimal | None = None
    months: int = 12
    prorata: bool = False
    rounding: tuple = (CENT, "nearest")


class Case(NamedTuple):
    """What a grid reads of a member.

    :param figures: declared figures of the grid's year, and :data:`AGE`; a missing one is absent.
    :param figure_years: {figure: its year} of those figures that are of an earlier year, the last known.
    :param territories: the member's territory and all above it; empty if unknown.
    :param tariff: the tariff that the member declares, None for the ordinary one.
    :param year: year of membership, 1 for the first.
    :param new: joins for the first time (owes the entry fee).
    :param months: months that the membership runs.
    :param chosen: amount chosen by the member where the choice is free.
    """

    category: object
    figures: Mapping = MappingProxyType({})
    territories: frozenset = frozenset()
    tariff: object = None
    year: int = 1
    new: bool = False
    months: int = 12
    chosen: Decimal | None = None
    figure_years: Mapping = MappingProxyType({})


class Quote(NamedTuple):
    """What a grid answers: the amount and how it was found; or a problem.

    ``amount`` is the fee without the entry fee. ``steps`` lists what happened on the way:
    (name, amount after it) with the names ``rule``, ``floor``, ``cap``, ``adjustment`` (its key
    follows), ``prorata``, ``rounding``. ``problem`` is ``category_missing``, ``territory_missing``,
    ``figure_missing`` (``basis`` says which), ``chosen_too_low``, ``chosen_too_high`` or ``no_rule``.
    """

    rule: Rule | None = None
    amount: Decimal | None = None
    entry_fee: Decimal = Decimal(0)
    basis: str | None = None
    basis_value: Decimal | None = None
    steps: tuple = ()
    problem: str | None = None

    @property
    def total(self):
        """Return the fee and the entry fee together."""
        return self.amount + self.entry_fee


def quote(grid, case):
    """Compute the fee of one member.

    :param grid: the :class:`Grid`.
    :param case: the member's :class:`Case`.
    :return: a :class:`Quote`, whose ``problem`` says why no amount can be given.
    """
    if not case.category:
        return Quote(problem="category_missing")
    for rule in grid.rules:
        missing = match(rule, case)
        if missing is True:
            return price(grid, rule, case)
        if missing:
            return missing
    return Quote(problem="no_rule")


def needed_figures(rule):
    """Return the figures that a rule has to know, those of its bands first."""
    priced = [rule.basis] if rule.method in PRICED else []
    return [band.basis for band in rule.bands] + priced


def first_figure(rules, category):
    """Return the first yearly figure that a grid may ask of a category; None if it needs none."""
    for rule in rules:
        scope = rule.scope
        if not scope.serves(category):
            continue
        for basis in needed_figures(rule):
            if basis in FIGURES:
                return basis
        limited = scope.tariffs or scope.territories or scope.year_from or scope.year_to
        if not limited and not rule.bands:
            return None  # it always applies: what comes after is not read
    return None


def bounds(rules, basis):
    """Return where the bands of some rules cut a figure, 0 first, in rising order."""
    cuts = {Decimal(0)}
    for rule in rules:
        for band in rule.bands:
            if band.basis == basis:
                cuts |= {bound for bound in (band.lower, band.upper) if bound is not None}
    return sorted(cuts)


def match(rule, case):
    """Return whether a rule applies: True, False, or a :class:`Quote` that says what is missing."""
    # A known figure outside its band settles the matter, whatever is missing.
    for band in rule.bands:
        figure = case.figures.get(band.basis)
        if figure is not None and not band.holds(figure):
            return False
    if not rule.scope.concerns(case):
        return False
    if rule.scope.territories and not case.territories:
        return Quote(rule=rule, problem="territory_missing")
    if not rule.scope.in_territory(case):
        return False
    for basis in needed_figures(rule):
        if case.figures.get(basis) is None:
            return Quote(rule=rule, problem="figure_missing", basis=basis)
    return True


def price(grid, rule, case):
    """Compute the fee that a matching rule gives, step by step."""
    explained_by = [rule.basis] if rule.method in PRICED else [band.basis for band in rule.bands]
    basis = explained_by[0] if explained_by else None
    common = {"rule": rule, "basis": basis, "basis_value": case.figures.get(basis)}
    amount = raw_amount(rule, case)
    if amount is None:
        too_low = rule.floor is not None and case.chosen < rule.floor
        return Quote(problem="chosen_too_low" if too_low else "chosen_too_high", **common)
    steps = [("rule", amount), *_steps_after(grid, rule, case, amount)]
    entry_fee = rule.entry_fee if case.new else Decimal(0)
    return Quote(amount=steps[-1][1], entry_fee=entry_fee, steps=tuple(steps), **common)


def raw_amount(rule, case):
    """Return what the rule alone gives; None if the member chose an amount out of bounds."""
    if rule.method == "free":
        chosen = rule.amount if case.chosen is None else case.chosen
        too_low = rule.floor is not None and chosen < rule.floor
        too_high = rule.cap is not None and chosen > rule.cap
        return None if case.chosen is not None and (too_low or too_high) else chosen
    if rule.method == "fixed":
        return rule.amount
    figure = case.figures[rule.basis]
    if rule.method == "rate":
        return rule.amount + rule.price * figure
    if rule.method == "brackets":
        return rule.amount + _price_brackets(rule.brackets, figure)
    units = max(figure - rule.threshold, Decimal(0))
    if rule.method == "step":
        units = (units / rule.step).to_integral_value(ROUND_CEILING)
    return rule.amount + rule.price * units


def _price_brackets(brackets, figure):
    """Return the sum of the parts of a figure, each at the rate of its bracket."""
    ends = [bracket.starts_from for bracket in brackets[1:]] + [figure]
    return sum(
        (
            bracket.rate * max(min(figure, end) - bracket.starts_from, Decimal(0))
            for bracket, end in zip(brackets, ends, strict=True)
        ),
        Decimal(0),
    )


def _steps_after(grid, rule, case, amount):
    """Yield (name, amount after it…) for each step that changes what the rule alone gives."""
    for name, bounded in _bounded(grid, rule, amount):
        amount = bounded
        yield name, amount
    for adjustment in grid.adjustments:
        if adjustment.scope.concerns(case) and adjustment.scope.in_territory(case):
            amount = max(amount * adjustment.factor + adjustment.addition, Decimal(0))
            yield "adjustment", amount, adjustment.key
    by_month = grid.prorata or grid.months == 1
    if by_month and case.months != grid.months:
        amount = amount * case.months / grid.months
        yield "prorata", amount
    rounded = _rounded(grid, rule, amount)
    if rounded != amount:
        yield "rounding", rounded


def _rounded(grid, rule, amount):
    """Round an amount as the grid says, never past a floor or a cap that it keeps to: then it is that bound."""
    rounded = round_to(amount, *grid.rounding)
    if rounded == amount:
        return amount
    for bounded_by in (rule, grid):
        if bounded_by.floor is not None and rounded < bounded_by.floor <= amount:
            rounded = bounded_by.floor
        if bounded_by.cap is not None and amount <= bounded_by.cap < rounded:
            rounded = bounded_by.cap
    return rounded


def _bounded(grid, rule, amount):
    """Yield (name, amount) for each bound that changes the amount; the rule's, then the grid's."""
    for bounded_by in (rule, grid):
        if bounded_by.floor is not None and amount < bounded_by.floor:
            amount = bounded_by.floor
            yield "floor", amount
        if bounded_by.cap is not None and amount > bounded_by.cap:
            amount = bounded_by.cap
            yield "cap", amount
