"""The journal items that settle calls know the line of the bank's file that they come from."""

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
        check_company=True,
    )
