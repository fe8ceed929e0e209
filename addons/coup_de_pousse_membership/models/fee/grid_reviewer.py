"""A grid looked at before it is voted: its holes, its useless rules, its curves, in the user's language."""

from ...calculation.fee import fee, grid_curve, grid_review
from ...calculation.fee.fee_period import months_between
from .quote_writer import QuoteWriter

#: Territories named one by one in a sentence; the others are counted.
MOST_NAMES = 3


class GridReviewer:
    """Says what is to be looked at in one grid, in the language of its environment."""

    def __init__(self, grid):
        self.grid = grid
        self.env = grid.env
        self._writer = QuoteWriter(grid)
        # Bands are put in words as a rule does it.
        self._rule = self.env["association.fee.rule"].new({"grid_id": grid._origin.id})
        self._labels = dict(self._rule._selection_basis())

    def review(self, categories):
        """Return what the screen shows.

        :param categories: all the ``association.category``.
        """
        concerned = self._concerned_categories(categories).ids
        territories = self.grid.rule_ids.territory_ids._origin._with_all_above()
        by_id = {territory.id: above for territory, above in territories.items()}
        # A rule that is being typed is looked at once it says something.
        rules = self.grid.rule_ids.filtered(lambda rule: rule._is_complete())
        calculation = self.grid._to_calculation(rules)
        found = grid_review.review(calculation.rules, concerned, by_id)
        months = months_between(self.grid.date_from, self.grid.date_to)
        curves = grid_curve.curves(calculation, concerned, by_id, months)
        return {
            "too_large": found.too_large,
            "currency": self.grid.currency_id.symbol or "",
            "holes": [self._profile_text(hole.category, hole.limits) for hole in found.holes],
            "shadowed": [self._rule_text(self._writer.rules[key]) for key in found.shadowed],
            "curves": [self._describe_curve(curve) for curve in curves],
        }

    def _concerned_categories(self, categories):
        """Return the categories that the grid speaks of: all of them if a rule is for everybody."""
        rules = self.grid.rule_ids
        if any(not rule.category_ids for rule in rules):
            return categories
        return rules.category_ids._origin

    def _rule_text(self, rule):
        position = list(self.grid.rule_ids).index(rule) + 1
        return self.env._("Rule %(position)s: %(rule)s", position=position, rule=rule.name or "")

    # ---- members of one kind ----

    def _profile_text(self, category_id, limits):
        """Say a kind of member in words: “Association, Overseas, from year 2, turnover from 1 M€”."""
        category = self.env["association.category"].browse(category_id)
        return ", ".join([category.name, *(self._limit_text(*limit) for limit in limits)])

    def _limit_text(self, name, start, stop):
        if name == "tariff":
            tariff = self.env["association.tariff"].browse(start or ())
            return tariff.name or self.env._("no tariff declared")
        if name == "territory":
            return self._territories_text(start)
        if name == "year":
            return self._years_text(start, stop)
        return f"{self._labels[name]} {self._band_text(name, start, stop)}"

    def _territories_text(self, keys):
        if keys == (grid_review.ELSEWHERE,):
            return self.env._("any other territory")
        names = self.env["association.territory"].browse(keys).mapped("name")
        if len(names) <= MOST_NAMES:
            return " / ".join(names)
        return self.env._(
            "%(names)s and %(count)s more territories",
            names=" / ".join(names[:MOST_NAMES]),
            count=len(names) - MOST_NAMES,
        )

    def _years_text(self, start, stop):
        if stop is not None and stop == start + 1:
            return self.env._("year of membership %s", start)
        if stop is None:
            return self.env._("from year of membership %s", start)
        return self.env._("years of membership %(first)s to %(last)s", first=start, last=stop - 1)

    def _band_text(self, basis, start, stop):
        return self._rule._describe_band(basis, float(start), False if stop is None else float(stop))

    # ---- curves ----

    def _describe_curve(self, curve):
        return {
            "name": self._profile_text(curve.category, curve.limits),
            "basis": self._labels.get(curve.basis) or "",
            "unit": (self.grid.currency_id.symbol or "") if curve.basis in fee.MONEY else "",
            "points": [[float(figure), None if amount is None else float(amount)] for figure, amount in curve.points],
            "rows": [
                {
                    "band": self._row_text(curve.basis, start, stop),
                    "amount": False if amount is None else self._writer.money(amount),
                }
                for start, stop, amount in curve.rows
            ],
        }

    def _row_text(self, basis, start, stop):
        if basis is None:
            return self.env._("whatever the figures")
        return self._band_text(basis, start, stop)
