"""Asks how next year's grid differs from this one."""

from odoo import fields, models

from ...models.fee.association_fee_grid import ROUNDING_UNITS


class AssociationGridDuplicateWizard(models.TransientModel):
    _name = "association.grid.duplicate.wizard"
    _description = "Duplicate a Grid for Next Year"

    grid_id = fields.Many2one(
        "association.fee.grid",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    percent = fields.Float(
        string="Raise of the amounts (%)",
        digits=(6, 2),
        help="2 raises fees, prices, bounds and entry fees by 2 %; a negative number lowers them. "
        "Rates stay as they are.",
    )
    rounding_unit = fields.Selection(
        ROUNDING_UNITS,
        string="Raised amounts are multiples of",
        default="1",
        required=True,
    )

    def action_confirm(self):
        self.ensure_one()
        grid = self.grid_id._duplicate_for_next_year(self.percent, self.rounding_unit)
        return grid._get_records_action(context={})
