"""Which calls a payment covered at a past day that the bank had yet to confirm, for the register."""

from odoo import models
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_announced_at(self, day, settlements):
        """Return those of these documents that a payment without accounting entry covers at a day.

        Odoo calls a document paid as soon as there is one, and keeps it without an entry until the bank
        confirms it.

        :param settlements: {document's id: what was matched with it by then}.
        """
        if not self:
            return self
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT link.invoice_id, BOOL_OR(payment.state = 'in_process')
                  FROM account_move__account_payment link
                  JOIN account_payment payment ON payment.id = link.payment_id
                 WHERE link.invoice_id IN %s AND payment.move_id IS NULL
                   AND payment.state IN ('in_process', 'paid') AND payment.date <= %s
                 GROUP BY link.invoice_id
                """,
                tuple(self.ids),
                day,
            )
        )
        return self.browse(move_id for move_id, in_process in rows if in_process or not settlements.get(move_id))
