"""Asks who voted a grid and when, after having said what the grid leaves open."""

from odoo import api, fields, models

from ...models.common.hold import hold


class AssociationGridVoteWizard(models.TransientModel):
    _name = "association.grid.vote.wizard"
    _description = "Record the Vote of a Grid"
    _inherit = ["association.dialog"]

    grid_id = fields.Many2one(
        "association.fee.grid", required=True, default=lambda self: self.env.context.get("active_id")
    )
    voted_on = fields.Date(
        string="Voted on",
        required=True,
        compute="_compute_vote",
        store=True,
        readonly=False,
        precompute=True,
    )
    voted_by = fields.Char(
        string="Voted by", required=True, compute="_compute_vote", store=True, readonly=False, precompute=True
    )
    holes = fields.Text(compute="_compute_warnings", string="Nobody knows what these owe")
    shadowed = fields.Text(compute="_compute_warnings", string="Rules never reached")
    other_grids = fields.Char(compute="_compute_warnings")

    @api.depends("grid_id")
    def _compute_vote(self):
        for wizard in self:
            wizard.voted_on = wizard.grid_id.voted_on or fields.Date.context_today(self)
            wizard.voted_by = wizard.grid_id.voted_by

    @api.depends("grid_id")
    def _compute_warnings(self):
        for wizard in self:
            grid = wizard.grid_id
            review = grid.review or {}
            wizard.holes = "\n".join(review.get("holes", ())) or False
            wizard.shadowed = "\n".join(review.get("shadowed", ())) or False
            others = grid.search(
                [
                    ("company_id", "=", grid.company_id.id),
                    ("id", "!=", grid.id),
                    ("state", "in", ("voted", "used")),
                    ("date_from", "<=", grid.date_to),
                    ("date_to", ">=", grid.date_from),
                ]
            )
            wizard.other_grids = ", ".join(others.mapped("name")) or False

    def action_confirm(self):
        self.ensure_one()
        grid = self.grid_id
        grid.check_access("write")
        hold(grid)
        grid.write({"voted_on": self.voted_on, "voted_by": self.voted_by})
        grid.action_vote()
        return {"type": "ir.actions.act_window_close"}
