"""Asks how next year's grid differs from this one."""

from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.exceptions import UserError

from ...models.common.hold import hold
from ...models.fee.association_fee_grid import ROUNDING_UNITS
from ...models.fee.next_year import next_year_name


class AssociationGridDuplicateWizard(models.TransientModel):
    _name = "association.grid.duplicate.wizard"
    _description = "Duplicate a Grid for Next Year"
    _inherit = ["association.dialog"]

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
        self.grid_id.check_access("write")
        hold(self.grid_id)
        self._check_not_duplicated()
        grid = self.grid_id._duplicate_for_next_year(self.percent, self.rounding_unit)
        return grid._get_records_action(context={})

    def _check_not_duplicated(self):
        """Raise if the copy that this makes is there: a second click makes no second grid."""
        grid = self.grid_id
        copy = grid.search(
            [
                ("company_id", "=", grid.company_id.id),
                ("name", "=", next_year_name(grid)),
                ("date_from", "=", grid.date_from + relativedelta(years=1)),
            ],
            limit=1,
        )
        if copy:
            raise UserError(
                self.env._(
                    "“%(grid)s” is there already: open it in the list of grids. Rename it first if you want another one.",
                    grid=copy.name,
                )
            )
