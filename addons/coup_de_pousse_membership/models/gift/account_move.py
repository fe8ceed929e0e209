"""What is posted on the accounts of gifts is a gift, whoever books it: a surplus given, a line of the bank."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        if not self.env.context.get("association_gift_known"):
            posted._note_gifts()
        return posted

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        self._date_gifts()
        return result

    def _date_gifts(self):
        """Date the gifts that stand on these invoices by the day on which the money came: it decides the tax year."""
        gifts = self.env["association.gift"].sudo().search([("move_id", "in", self.ids), ("state", "=", "booked")])
        for gift in gifts:
            received = gift.move_id.line_ids.matched_credit_ids.credit_move_id
            if received:
                gift._write_facts(
                    {
                        "date": max(received.mapped("date")),
                        "payment_mode": gift.line_id._get_payment_mode(received.move_id),
                    }
                )

    def _note_gifts(self):
        """Make the gifts of what these entries credit on the accounts of gifts, where somebody gave it."""
        accounts = self.company_id.sudo()._get_gift_accounts()
        given = self.sudo().line_ids.filtered(
            lambda line: (
                line.account_id in accounts
                and line.partner_id
                and line.balance < 0
                and not line.move_id.reversed_entry_id
            )
        )
        if not given:
            return
        known = self.env["association.gift"].sudo().search([("line_id", "in", given.ids)]).line_id
        self.env["association.gift"].sudo().create([line._prepare_gift_record() for line in given - known])
