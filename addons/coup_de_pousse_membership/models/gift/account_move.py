"""What is posted on the accounts of gifts is a gift, whoever books it: a surplus given, a line of the bank."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        if not self.env.context.get("association_gift_known"):
            posted._note_gifts()
        return posted

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
