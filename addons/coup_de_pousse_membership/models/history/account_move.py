"""What was paid of a call at a past day, for the register."""

from collections import defaultdict
from dataclasses import dataclass, replace

from odoo import models
from odoo.tools import SQL

from ...calculation.history.register_at import call_at
from ...calculation.register.membership_state import Call


@dataclass(frozen=True)
class Settlement:
    """What was settled of a document at a day.

    :param by_money: something of it was a payment, rather than a credit note only.
    :param announced: a payment without accounting entry covers it, which the bank has yet to confirm.
    """

    amount: float = 0.0
    by_money: bool = False
    announced: bool = False


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_call_at(self, share, settled):
        """Return the :class:`Call` that this document was, given the :class:`Settlement` of it."""
        self.ensure_one()
        refund = self.move_type == "out_refund"
        if self.state != "posted":
            return Call(refund, self.state, "not_paid", share, self.amount_total, self.amount_total)
        # Odoo calls a document paid as soon as a payment without accounting entry covers it.
        if settled.announced and settled.amount < self.amount_total:
            return Call(refund, "posted", "in_payment", share, self.amount_total, self.amount_total)
        return call_at(refund, share, self.amount_total, settled.amount, settled.by_money)

    def _get_settled_at(self, day):
        """Return {id: its :class:`Settlement`} at a day.

        Two queries: what was matched on the receivable lines by entries dated on or before the day,
        and the payments that Odoo keeps without an entry until the bank confirms them.
        """
        settled = defaultdict(Settlement)
        if not self:
            return settled
        self.env.flush_all()
        for move_id, amount, by_money in self.env.execute_query(self._get_settled_query(day)):
            settled[move_id] = Settlement(float(amount), by_money)
        announced = SQL(
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
        for move_id, in_process in self.env.execute_query(announced):
            known = settled[move_id]
            settled[move_id] = replace(known, announced=in_process or not known.amount)
        return settled

    def _get_settled_query(self, day):
        sides = [
            SQL(
                """
                SELECT line.move_id, part.%(amount)s AS amount,
                       (other_move.origin_payment_id IS NOT NULL OR other_move.statement_line_id IS NOT NULL
                        OR other_move.move_type <> 'out_refund') AS by_money
                  FROM account_partial_reconcile part
                  JOIN account_move_line line ON line.id = part.%(own)s
                  JOIN account_account account ON account.id = line.account_id
                  JOIN account_move_line other ON other.id = part.%(other)s
                  JOIN account_move other_move ON other_move.id = other.move_id
                 WHERE line.move_id IN %(moves)s AND account.account_type = 'asset_receivable'
                   AND part.max_date <= %(day)s
                """,
                amount=SQL.identifier(amount),
                own=SQL.identifier(own),
                other=SQL.identifier(other),
                moves=tuple(self.ids),
                day=day,
            )
            for own, other, amount in (
                ("debit_move_id", "credit_move_id", "debit_amount_currency"),
                ("credit_move_id", "debit_move_id", "credit_amount_currency"),
            )
        ]
        return SQL(
            "SELECT move_id, SUM(amount), BOOL_OR(by_money) FROM (%s) matched GROUP BY move_id",
            SQL(" UNION ALL ").join(sides),
        )
