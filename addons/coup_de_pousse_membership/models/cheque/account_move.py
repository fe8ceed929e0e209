"""An entry knows the deposit slips that it books."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    cheque_deposit_ids = fields.One2many("association.cheque.deposit", "move_id", string="Cheque deposit slips")
