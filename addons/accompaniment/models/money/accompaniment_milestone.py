"""Milestones by which the co-funders are invoiced."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccompanimentMilestone(models.Model):
    """When the co-funders are invoiced, and which part of their share each time."""

    _name = "accompaniment.milestone"
    _description = "Milestone of Invoicing"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, planned_on, id"

    name = fields.Char(required=True)
    planned_on = fields.Date(string="Planned on")
    percent = fields.Float(string="Part (%)", required=True, digits=(16, 2))
    line_ids = fields.One2many("account.move.line", "accompaniment_milestone_id", string="Invoice lines")
    is_invoiced = fields.Boolean(string="Invoiced", compute="_compute_is_invoiced", compute_sudo=True)

    _percent_bounds = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)", "A milestone is more than 0 % and at most 100 % of the price."
    )

    @api.depends("line_ids.parent_state")
    def _compute_is_invoiced(self):
        for milestone in self:
            milestone.is_invoiced = any(line.parent_state != "cancel" for line in milestone.line_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_invoiced(self):
        invoiced = self.filtered("is_invoiced")
        if invoiced:
            raise UserError(
                self.env._(
                    "%(names)s was invoiced: cancel the invoices before you delete it.",
                    names=", ".join(invoiced.mapped("name")),
                )
            )

    def action_invoice(self):
        """Make the draft invoices of these milestones, one for each co-funder, and open them."""
        moves = self.env["account.move"]
        for milestone in self:
            moves |= milestone.mission_id._invoice_milestone(milestone)
        return self.mission_id._view_invoices(moves)
