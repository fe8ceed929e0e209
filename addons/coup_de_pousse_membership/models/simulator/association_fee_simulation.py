"""Draft grids tried on the members before the assembly votes; nothing in the books changes."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...calculation.register.figures import FIGURES
from ..common.optional_number import OptionalFloat, OptionalMonetary
from .simulation_sheets import make_sheets
from .simulator import Simulator

#: Drafts that can be compared at once: more columns cannot be read.
MOST_DRAFTS = 4


class AssociationFeeSimulation(models.Model):
    _name = "association.fee.simulation"
    _description = "Grid Simulation"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, default=lambda self: self.env._("Which grid next?"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    reference_grid_id = fields.Many2one(
        "association.fee.grid",
        string="Grid in force",
        required=True,
        check_company=True,
        ondelete="cascade",
        default=lambda self: self.env["association.fee.grid"]._get_in_force(self.env.company),
        help="What the drafts are compared with.",
    )
    grid_ids = fields.Many2many(
        "association.fee.grid",
        string="Drafts",
        check_company=True,
        help="Grids that are tried on all members of the last twelve months.",
    )
    last_known_figures = fields.Boolean(
        string="Last known figures",
        default=True,
        help="Where a member has not declared the figure of the grid's year yet, its latest one is read.",
    )
    discount = fields.Float(
        string="Solidarity discount (%)", digits=(5, 2), help="Taken off the fee of those below the limit."
    )
    discount_basis = fields.Selection(
        selection="_selection_discount_basis",
        string="For those whose",
        default="budget",
        required=True,
        help="Who has not declared this figure has no discount.",
    )
    discount_below = OptionalFloat(string="Is below", digits=(16, 2))
    cap = OptionalMonetary(string="Nobody pays more than", help="Empty: no cap.")
    most_rise = OptionalFloat(
        string="Greatest rise (%)",
        digits=(5, 2),
        help="Nobody pays more than this above the grid in force. Empty: no limit. Who pays nothing today goes on "
        "paying nothing.",
    )
    result = fields.Json(compute="_compute_result", help="What each grid would bring in, and for whom it changes.")

    _discount_plausible = models.Constraint("CHECK (discount BETWEEN 0 AND 100)", "A discount is between 0 and 100 %.")
    _levers_not_negative = models.Constraint(
        "CHECK (cap >= 0 AND most_rise >= 0 AND discount_below >= 0)",
        "A cap, a greatest rise or a limit cannot be below 0: leave it empty for none.",
    )

    @api.model
    def _selection_discount_basis(self):
        return [(name, label) for name, label in self.env["association.fee.rule"]._selection_basis() if name in FIGURES]

    @api.constrains("reference_grid_id", "grid_ids")
    def _check_grids(self):
        for simulation in self:
            if simulation.reference_grid_id in simulation.grid_ids:
                raise ValidationError(
                    self.env._(
                        "“%(grid)s” is the grid in force: it cannot be compared with itself. Take it out of the drafts.",
                        grid=simulation.reference_grid_id.name,
                    )
                )
            if len(simulation.grid_ids) > MOST_DRAFTS:
                raise ValidationError(
                    self.env._("%(most)s drafts can be compared at once: take some out.", most=MOST_DRAFTS)
                )

    @api.depends(
        "reference_grid_id", "grid_ids", "last_known_figures",
        "discount", "discount_basis", "discount_below", "cap", "most_rise",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_result(self):
        for simulation in self:
            ready = simulation.reference_grid_id and simulation.grid_ids
            simulation.result = Simulator(simulation).describe() if ready else False

    def action_export(self):
        """Download what the simulation says as a workbook for the board."""
        self.ensure_one()
        if not self.grid_ids:
            raise UserError(self.env._("Choose at least one draft to compare with the grid in force."))
        return self.env["association.spreadsheet"]._download(self.name, make_sheets(Simulator(self)))
