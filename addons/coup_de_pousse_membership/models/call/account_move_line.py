from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Copied on purpose: a credit note made from a call concerns the same membership.
    membership_id = fields.Many2one(
        "association.membership",
        index="btree_not_null",
        ondelete="restrict",
        help="Membership whose fee this line calls (or gives back).",
    )
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
