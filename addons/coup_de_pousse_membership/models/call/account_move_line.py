"""The lines of a call name the membership whose fee they call."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Copied on purpose: a credit note made from a call concerns the same membership.
    membership_id = fields.Many2one(
        "association.membership",
        index="btree_not_null",
        ondelete="restrict",
        help="Membership whose fee this line calls (or gives back).",
        check_company=True,
    )
