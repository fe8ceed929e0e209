"""Whom a line of a grid concerns, in words."""

from odoo import models


class AssociationFeeRule(models.Model):
    _inherit = "association.fee.rule"

    def _say_whom(self):
        """Return the label of the line, with the categories, tariffs and territories that it is for."""
        self.ensure_one()
        scope = [*self.category_ids.mapped("name"), *self.tariff_ids.mapped("name"), *self.territory_ids.mapped("name")]
        return " – ".join(dict.fromkeys(filter(None, [", ".join(scope), self.name])))
