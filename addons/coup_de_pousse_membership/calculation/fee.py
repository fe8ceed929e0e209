"""How much a member owes under a fee grid.

Rules are tried in order; the first whose criteria all match gives the amount. A band's lower bound is
included, its upper bound is not. A figure that is missing is not 0: when a rule needs it, the grid
stops there and says so, because a later rule could give a wrong amount.
"""

from dataclasses import dataclass, field
from decimal import Decimal

#: Bases of a rule that need a declared yearly figure.
FIGURES = ("budget", "turnover", "employees", "volunteers", "members", "sites", "inhabitants")
#: Of those, the sums of money.
MONEY = ("budget", "turnover")


@dataclass(frozen=True)
class Rule:
    """One line of a grid.

    :param key: what the caller knows the rule by.
    :param amount: fee of the period, in the grid's currency.
    :param categories: keys of the categories concerned; empty for all.
    :param basis: the figure that the band reads, one of :data:`FIGURES`, or None.
    :param lower: first figure of the band (included), None for no bound.
    :param upper: first figure above the band (excluded), None for no bound.
    """

    key: object
    amount: Decimal
    categories: frozenset = frozenset()
    basis: str | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None

    def concerns(self, category):
        return not self.categories or category in self.categories

    def holds(self, figure):
        if self.lower is not None and figure < self.lower:
            return False
        return self.upper is None or figure < self.upper


@dataclass(frozen=True)
class Case:
    """What a grid reads of a member.

    :param figures: declared figures of the grid's year, by name; a missing one is absent or None.
    """

    category: object
    figures: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Quote:
    """What a grid answers: a rule, its amount and the figure read; or a problem.

    ``problem`` is ``category_missing``, ``figure_missing`` (``basis`` says which) or ``no_rule``.
    """

    rule: Rule | None = None
    amount: Decimal | None = None
    basis: str | None = None
    basis_value: Decimal | None = None
    problem: str | None = None


def quote(rules, case):
    """Compute the fee of one member.

    :param rules: the :class:`Rule` of the grid, in order.
    :param case: the member's :class:`Case`.
    :return: a :class:`Quote`, whose ``problem`` says why no amount can be given.
    """
    if not case.category:
        return Quote(problem="category_missing")
    for rule in rules:
        if not rule.concerns(case.category):
            continue
        if rule.basis is None:
            return Quote(rule=rule, amount=rule.amount)
        figure = case.figures.get(rule.basis)
        if figure is None:
            return Quote(problem="figure_missing", basis=rule.basis)
        if rule.holds(figure):
            return Quote(rule=rule, amount=rule.amount, basis=rule.basis, basis_value=figure)
    return Quote(problem="no_rule")
