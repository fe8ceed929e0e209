"""A journal item of the accounts of gifts, as a gift."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _prepare_gift_record(self):
        """Return the values of the gift that this item books."""
        self.ensure_one()
        waived = self.account_id == self.company_id.gift_waived_account_id
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "date": min(self.date, fields.Date.context_today(self)),
            "kind": "waived" if waived else "money",
            "payment_mode": self._get_payment_mode(self.move_id),
            "amount": -self.balance,
            "description": self.name,
            "journal_id": False,
            "state": "booked",
            "move_id": self.move_id.id,
            "line_id": self.id,
        }

    def _get_payment_mode(self, moves):
        """Return how the money of some entries came."""
        if "cash" in moves.journal_id.mapped("type"):
            return "cash"
        return "cheque" if self._comes_by_cheque() else "transfer"

    def _comes_by_cheque(self):
        """Return whether the money of this entry was a cheque."""
        lines = self.move_id.line_ids
        matched = (lines.matched_debit_ids.debit_move_id | lines.matched_credit_ids.credit_move_id).move_id.line_ids
        return bool((lines | matched).cheque_id)
