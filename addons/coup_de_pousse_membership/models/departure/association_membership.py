"""Calls for fees that are taken back from members who leave."""

from odoo import fields, models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

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
