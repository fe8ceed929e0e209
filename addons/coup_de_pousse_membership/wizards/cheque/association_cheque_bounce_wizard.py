"""Asks when and why the bank sent a cheque back."""

from odoo import fields, models


class AssociationChequeBounceWizard(models.TransientModel):
    _name = "association.cheque.bounce.wizard"
    _description = "Cheque Sent Back by the Bank"
    _inherit = ["association.dialog"]

    cheque_id = fields.Many2one("association.cheque", required=True, readonly=True)
    date = fields.Date(string="Sent back on", required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True, help="As the bank says it: insufficient funds, signature, stopped…")

    def action_confirm(self):
        """Take the cheque back."""
        self.ensure_one()
        self.cheque_id._bounce(self.date, self.reason)
        return {"type": "ir.actions.act_window_close"}
