"""A grid looked at before it is voted: its holes, its useless rules, its curves."""

from odoo import api, fields, models

from ...calculation.fee import fee, grid_curve, grid_review
from ...calculation.fee.fee_period import months_between
from .quote_writer import QuoteWriter

#: Territories named one by one in a sentence; the others are counted.
MOST_NAMES = 3


class AssociationFeeGrid(models.Model):
    _inherit = "association.fee.grid"

    review = fields.Json(
        compute="_compute_review",
        help="Holes, rules never reached, and the amount against the figure for each category.",
    )
    hole_count = fields.Integer(compute="_compute_review", string="Holes")
    shadowed_count = fields.Integer(compute="_compute_review", string="Rules never reached")

    @api.depends("rule_ids", "adjustment_ids", "date_from", "date_to")
    def _compute_review(self):
        categories = self.env["association.category"].search([])
        for grid in self:
            saved = grid._origin
            review = saved._make_review(categories) if saved.rule_ids else {}
            grid.review = review
            grid.hole_count = len(review.get("holes", ()))
            grid.shadowed_count = len(review.get("shadowed", ()))

    def _make_review(self, categories):
        """Return what the screen shows, in the user's language."""
        self.ensure_one()
        concerned = self._concerned_categories(categories)
        territories = self.rule_ids.territory_ids._with_all_above()
        by_id = {territory.id: above for territory, above in territories.items()}
        grid = self._to_calculation()
        found = grid_review.review(grid.rules, concerned.ids, by_id)
        months = months_between(self.date_from, self.date_to)
        curves = grid_curve.curves(grid, concerned.ids, by_id, months)
        writer = QuoteWriter(self)
        return {
            "too_large": found.too_large,
            "currency": self.currency_id.symbol or "",
            "holes": [self._describe_profile(hole.category, hole.limits) for hole in found.holes],
            "shadowed": [self._describe_rule(writer.rules[key]) for key in found.shadowed],
            "curves": [self._describe_curve(curve, writer) for curve in curves],
        }

    def _concerned_categories(self, categories):
        """Return the categories that the grid speaks of: all of them if a rule is for everybody."""
        if any(not rule.category_ids for rule in self.rule_ids):
            return categories
        return self.rule_ids.category_ids

    def _describe_rule(self, rule):
        position = self.rule_ids.ids.index(rule.id) + 1
        return self.env._("Rule %(position)s: %(rule)s", position=position, rule=rule.name or "")

    def _describe_profile(self, category_id, limits):
        """Say a kind of member in words: “Association, Overseas, from year 2, turnover from 1 M€”."""
        category = self.env["association.category"].browse(category_id)
        return ", ".join([category.name, *(self._describe_limit(*limit) for limit in limits)])

    def _describe_limit(self, name, start, stop):
        if name == "tariff":
            tariff = self.env["association.tariff"].browse(start or ())
            return tariff.name or self.env._("no tariff declared")
        if name == "territory":
            return self._describe_territories(start)
        if name == "year":
            return self._describe_years(start, stop)
        rule = self.env["association.fee.rule"].new({"grid_id": self.id})
        label = dict(rule._selection_basis())[name]
        band = rule._describe_band(name, float(start), False if stop is None else float(stop))
        return f"{label} {band}"

    def _describe_territories(self, keys):
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

    def _describe_years(self, start, stop):
        if stop is not None and stop == start + 1:
            return self.env._("year of membership %s", start)
        if stop is None:
            return self.env._("from year of membership %s", start)
        return self.env._("years of membership %(first)s to %(last)s", first=start, last=stop - 1)

    def _describe_curve(self, curve, writer):
        label = dict(self.env["association.fee.rule"]._selection_basis()).get(curve.basis)
        return {
            "name": self._describe_profile(curve.category, curve.limits),
            "basis": label or "",
            "unit": (self.currency_id.symbol or "") if curve.basis in fee.MONEY else "",
            "points": [[float(figure), None if amount is None else float(amount)] for figure, amount in curve.points],
            "rows": [
                {
                    "band": self._describe_row(curve.basis, start, stop),
                    "amount": False if amount is None else writer.money(amount),
                }
                for start, stop, amount in curve.rows
            ],
        }

    def _describe_row(self, basis, start, stop):
        if basis is None:
            return self.env._("whatever the figures")
        rule = self.env["association.fee.rule"].new({"grid_id": self.id})
        return rule._describe_band(basis, float(start), False if stop is None else float(stop))
