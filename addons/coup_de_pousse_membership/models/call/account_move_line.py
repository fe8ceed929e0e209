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

    def write(self, vals):
        res = super().write(vals)
        if "membership_id" in vals:
            self._share_out_anew()
        return res

    def _share_out_anew(self):
        """Find out again what is paid of the memberships whose part follows from what these posted lines name.

        Those of the same document, and, where it is a credit note, those of the calls that it lowers.
        """
        moves = self.filtered(lambda line: line.parent_state == "posted").move_id.sudo()
        terms = moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        moves |= (terms.matched_debit_ids.debit_move_id | terms.matched_credit_ids.credit_move_id).move_id
        memberships = moves.line_ids.membership_id
        for name in ("payment_state", "amount_due", "amount_paid", "written_off"):
            self.env.add_to_compute(memberships._fields[name], memberships)
