"""What the lines of a grid have in common: whom they concern."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.fee.fee import Scope
from ..common.optional_number import OptionalInteger


class AssociationFeeScope(models.AbstractModel):
    """Whom a line of a grid concerns: what rules and adjustments have in common."""

    _name = "association.fee.scope"
    _description = "Scope of a Line of a Grid"
    _inherit = ["association.grid.part", "association.part"]

    grid_id = fields.Many2one("association.fee.grid", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="grid_id.company_id")
    currency_id = fields.Many2one(related="grid_id.currency_id")
    sequence = fields.Integer(default=10)
    category_ids = fields.Many2many(
        "association.category",
        string="Categories",
        ondelete="restrict",
        check_company=True,
        help="Empty: all categories.",
    )
    tariff_ids = fields.Many2many(
        "association.tariff",
        string="Tariffs",
        ondelete="restrict",
        check_company=True,
        help="Tariffs that the member declares. Empty: all.",
    )
    territory_ids = fields.Many2many(
        "association.territory",
        string="Territories",
        ondelete="restrict",
        help="The member's territory is one of these, or lies inside one of them. Empty: all.",
    )
    year_from = OptionalInteger(
        string="From year", help="First year of membership concerned: 1 is the first. Empty: no bound."
    )
    year_to = OptionalInteger(string="To year", help="Last year of membership concerned, included. Empty: no bound.")

    @api.model
    def _check_not_named(self, records, name):
        """Raise if a line of a grid names these records: without them, it would hold for everybody.

        :param name: the field that names them.
        """
        for model in self.env.registry.descendants([self._name], "_inherit") - {self._name}:
            lines = self.env[model].sudo().search([(name, "in", records.ids)], limit=1)
            if lines:
                raise UserError(
                    self.env._(
                        "The fee grid “%(grid)s” names “%(record)s”: without it, a fee of the grid would hold for "
                        "everybody. Archive it instead of deleting it.",
                        grid=lines.grid_id.name,
                        record=(lines[name] & records)[0].display_name,
                    )
                )

    def _to_scope(self):
        self.ensure_one()
        return Scope(
            categories=frozenset(self.category_ids.ids),
            tariffs=frozenset(self.tariff_ids.ids),
            territories=frozenset(self.territory_ids.ids),
            year_from=self.year_from or None,
            year_to=self.year_to or None,
        )
