"""Memberships that are given up before they run, and calls that are taken back."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    # Belongs to the third fact, the end: admission and payment keep telling what happened.
    withdrawn_on = fields.Date(
        string="Given up on",
        tracking=True,
        copy=False,
        index="btree_not_null",
        help="Day on which the membership was given up before it ran, or the application withdrawn. It "
        "gives no rights and leaves room for another; what was called stays owed until a credit note.",
    )
    departure_id = fields.Many2one(
        "association.member.departure",
        string="Given up by departure",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.constrains("withdrawn_on")
    def _check_withdrawn_on(self):
        today = fields.Date.context_today(self)
        for membership in self:
            if membership.withdrawn_on and membership.withdrawn_on > today:
                raise ValidationError(
                    self.env._(
                        "%(membership)s: it cannot be given up on a day to come (%(day)s).",
                        membership=membership.display_name,
                        day=membership.withdrawn_on,
                    )
                )

    def _is_free(self):
        """Tell whether a rule of the grid says that nothing is owed."""
        self.ensure_one()
        return bool(self.rule_id) and not self.total

    def _is_given_up_by(self, left_on):
        """Tell whether the member's leaving on that day gives this membership up before it runs."""
        self.ensure_one()
        live = self.state not in ("refused", "cancelled")
        return live and (self.date_from > left_on or self.admission == "applied")

    def _withdraw_calls(self, day=None):
        """Take back the unpaid calls of these memberships by credit notes, other members' left as they are.

        :param day: date of the credit notes, today by default.
        :return: the memberships whose call was taken back. Calls partly paid are left alone: what
            becomes of the money is for the treasurer to say.
        """
        day = day or fields.Date.context_today(self)
        calls = self._get_call_lines().move_id.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted" and move.payment_state == "not_paid"
        )
        if not calls:
            return self.browse()
        refunds = calls._reverse_moves(
            [
                {"invoice_date": day, "date": day, "ref": self.env._("Departure: %s withdrawn", call.name)}
                for call in calls
            ]
        )
        refunds.invoice_line_ids.filtered(lambda line: line.membership_id not in self).unlink()
        refunds.action_post()  # Odoo matches a credit note made from an invoice with that invoice
        return calls.line_ids.membership_id & self
