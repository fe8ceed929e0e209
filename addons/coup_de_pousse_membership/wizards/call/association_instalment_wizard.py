"""Asks in how many times a call is paid."""

from odoo import fields, models


class AssociationInstalmentWizard(models.TransientModel):
    _name = "association.instalment.wizard"
    _description = "Pay a Call in Several Times"
    _inherit = ["association.dialog"]

    move_id = fields.Many2one("account.move", string="Call", required=True, readonly=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(related="move_id.amount_residual", string="Still due")
    count = fields.Integer(string="Number of times", default=3, required=True)
    first = fields.Date(string="First on", required=True, default=fields.Date.context_today)
    months = fields.Integer(string="Months between two", default=1, required=True)

    _bounds = models.Constraint(
        "CHECK (count BETWEEN 1 AND 24 AND months BETWEEN 1 AND 12)",
        "A call is paid in 1 to 24 times, 1 to 12 months apart.",
    )

    def action_confirm(self):
        self.ensure_one()
        self.move_id._plan_instalments(self.count, self.first, self.months)
        return {"type": "ir.actions.act_window_close"}
