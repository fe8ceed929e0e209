"""Where the entry of a payment comes from: a line of the bank's file, a cheque."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    payment_import_line_id = fields.Many2one(
        "association.payment.import.line",
        string="Line of the bank's file",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
    )
    cheque_id = fields.Many2one(
        "association.cheque", string="Cheque", index="btree_not_null", ondelete="set null", copy=False, readonly=True
    )
