"""A call for a fee that gets paid: a square code that a bank's application reads."""

import base64

from odoo import models

from ...calculation.common.qr_code import make_qr


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_sepa_qr(self):
        """Return the SEPA code of an open call as a picture (EPC069-12); False where there is nothing to pay by it.

        Its contents are Odoo's; its picture is not, since that needs a library which many servers lack.
        """
        self.ensure_one()
        bank, amount = self.call_bank_id.sudo(), self.amount_residual
        if not (self.is_membership_call and self.move_type == "out_invoice" and self.state == "posted" and amount > 0):
            return False
        if not bank or bank._get_error_messages_for_qr("sct_qr", self.partner_id, self.currency_id):
            return False
        shown = self.currency_id.round(amount)
        lines = bank._get_qr_vals("sct_qr", shown, self.currency_id, self.partner_id, self.call_reference, None)
        return base64.b64encode(make_qr("\n".join(lines), pixels=3))
