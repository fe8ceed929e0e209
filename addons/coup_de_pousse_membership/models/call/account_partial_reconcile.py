"""What is matched or unmatched changes the income of a call and the state of its instalments."""

from odoo import api, fields, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        lines = partials.debit_move_id | partials.credit_move_id
        lines.move_id._sync_fee_income(max(partials.mapped("max_date"), default=None))
        lines.move_id.sudo()._sync_instalments()
        return partials

    def unlink(self):
        moves = (self.debit_move_id | self.credit_move_id).move_id
        res = super().unlink()
        moves.exists()._sync_fee_income(fields.Date.context_today(self))
        moves.exists().sudo()._sync_instalments()
        return res
