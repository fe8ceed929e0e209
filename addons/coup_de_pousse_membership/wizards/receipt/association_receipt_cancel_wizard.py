"""Asks why a receipt is cancelled, and whether another one takes its place."""

from odoo import fields, models


class AssociationReceiptCancelWizard(models.TransientModel):
    _name = "association.receipt.cancel.wizard"
    _description = "Cancel a Tax Receipt"
    _inherit = ["association.dialog"]

    receipt_id = fields.Many2one("association.tax.receipt", required=True, readonly=True)
    reason = fields.Char(required=True, help="It stays on the receipt: wrong address, wrong amount, bounced cheque…")
    replaced = fields.Boolean(string="Issue another one in its place", default=True)

    def action_confirm(self):
        """Cancel the receipt; show the one that replaces it."""
        self.ensure_one()
        if self.replaced:
            receipt = self.receipt_id._replace(self.reason)
        else:
            self.receipt_id._cancel(self.reason)
            receipt = self.receipt_id
        return receipt._get_records_action(name=receipt.name)
