"""What went out about a call, for whom it is to be reminded of."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_letters_sent(self):
        """Return what went out about these calls.

        :return: ({call: day on which the call itself went out}, {call: days of the steps made already}).
        """
        logs = (
            self.env["association.reminder.log"]
            .sudo()
            .search_fetch(
                [("move_id", "in", self.ids)], ["move_id", "step_id", "state", "date", "queued_on", "posted_on"]
            )
        )
        called_on, done = {}, {}
        for log in logs:
            if log.step_id:
                done.setdefault(log.move_id, []).append(log.step_id.days)
            elif log.state in ("sent", "posted"):
                called_on[log.move_id] = log.posted_on or (log.queued_on or log.create_date).date()
        # Sent by other means than the campaign, such as Odoo's own button on the invoice.
        for move in self - logs.filtered(lambda log: not log.step_id).move_id:
            if move.is_move_sent:
                called_on[move] = move.invoice_date
        return called_on, done
