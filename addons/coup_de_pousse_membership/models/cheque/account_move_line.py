"""The journal items that a cheque makes know their cheque."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    cheque_id = fields.Many2one(
        "association.cheque",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
        check_company=True,
    )
