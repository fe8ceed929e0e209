"""Reads what was matched with calls and credit notes, for the rules of ``calculation/register/settlement.py``.

Whether an entry is money is read off its items, not off the journal that somebody chose: what a payment or
a line of the bank brings is money, but for what it books as a loss; any other entry is as much money as it
moves on accounts of cash, bank, cheques or payments under way.
"""

from collections import defaultdict

from odoo.tools import SQL

from ...calculation.common.amounts import decimal
from ...calculation.register.settlement import NOBODY, ZERO, Settlement

#: Codes of the French chart: cash, banks, cheques for collection, transfers; losses and write-offs.
MONEY_CODES = ["51%", "53%", "54%", "58%"]
LOSS_CODES = ["65%", "67%"]

#: To be joined after ``other`` (a matched item) and ``other_move`` (its entry): gives ``entry.money``, 0 to 1.
MONEY_OF_ENTRY = """
    JOIN LATERAL (
        SELECT LEAST(GREATEST(CASE
                   WHEN other_move.origin_payment_id IS NOT NULL OR other_move.statement_line_id IS NOT NULL
                   THEN 1 - COALESCE(SUM(item.balance * -SIGN(other.balance)) FILTER (WHERE item.kind = 'loss'), 0)
                            / COALESCE(NULLIF(SUM(item.balance * SIGN(other.balance)) FILTER (WHERE item.owed), 0), 1)
                   ELSE COALESCE(SUM(item.balance * -SIGN(other.balance)) FILTER (WHERE item.kind = 'money'), 0)
                        / COALESCE(NULLIF(SUM(item.balance * SIGN(other.balance)) FILTER (WHERE item.owed), 0), 1)
                   END, 0), 1) AS money
          FROM (SELECT one.balance,
                       account.account_type = 'asset_receivable' AND one.balance * other.balance > 0 AS owed,
                       CASE WHEN account.account_type IN ('asset_cash', 'liability_credit_card')
                              OR account.code_store->>split_part(company.parent_path, '/', 1) LIKE ANY(%(money)s)
                              OR EXISTS (SELECT 1 FROM account_payment_method_line method
                                          WHERE method.payment_account_id = account.id)
                            THEN 'money'
                            WHEN account.code_store->>split_part(company.parent_path, '/', 1) LIKE ANY(%(loss)s)
                            THEN 'loss' END AS kind
                  FROM account_move_line one
                  JOIN account_account account ON account.id = one.account_id
                  JOIN res_company company ON company.id = one.company_id
                 WHERE one.move_id = other_move.id AND one.balance <> 0) item
         ) entry ON TRUE
"""
#: What was matched with some documents, from one of the two sides.
MATCHED = """
    SELECT own.move_id, part.%(amount)s AS amount, other_move.move_type,
           CASE WHEN other_move.move_type = 'out_refund' THEN
               (SELECT JSONB_OBJECT_AGG(COALESCE(named.membership_id, 0), named.amount)
                  FROM (SELECT line.membership_id, SUM(line.price_total) AS amount
                          FROM account_move_line line
                         WHERE line.move_id = other_move.id AND line.display_type = 'product'
                         GROUP BY line.membership_id) named) END AS named,
           entry.money, other_move.name
      FROM account_partial_reconcile part
      JOIN account_move_line own ON own.id = part.%(own)s
      JOIN account_account own_account ON own_account.id = own.account_id
      JOIN account_move_line other ON other.id = part.%(other)s
      JOIN account_move other_move ON other_move.id = other.move_id
      %(money)s
     WHERE own.move_id IN %(moves)s AND own_account.account_type = 'asset_receivable'
       AND other.move_id <> own.move_id AND (%(day)s::date IS NULL OR part.max_date <= %(day)s::date)
"""
SIDES = (
    ("debit_move_id", "credit_move_id", "debit_amount_currency"),
    ("credit_move_id", "debit_move_id", "credit_amount_currency"),
)


def money_of_entry():
    """Return the part of a query that gives ``entry.money``, after ``other`` and ``other_move``."""
    return SQL(MONEY_OF_ENTRY, money=MONEY_CODES, loss=LOSS_CODES)


def read_settlements(moves, day=None):
    """Return {document's id: its :class:`Settlement` objects}, in one query for all of them.

    :param day: leave aside what was matched by entries dated later; None: as it stands now.
    """
    settlements = defaultdict(list)
    if not moves.ids:
        return settlements
    env = moves.env
    env["account.partial.reconcile"].flush_model()
    env["account.move"].flush_model(["move_type", "name", "origin_payment_id", "statement_line_id"])
    env["account.move.line"].flush_model(
        ["account_id", "balance", "display_type", "membership_id", "move_id", "price_total"]
    )
    sides = [
        SQL(
            MATCHED,
            own=SQL.identifier(own),
            other=SQL.identifier(other),
            amount=SQL.identifier(amount),
            money=money_of_entry(),
            moves=tuple(moves.ids),
            day=day,
        )
        for own, other, amount in SIDES
    ]
    for move_id, *matched in env.execute_query(SQL(" UNION ALL ").join(sides)):
        settlements[move_id].append(_make_settlement(*matched))
    return settlements


def _make_settlement(amount, move_type, named, money, label):
    """Return what one row of the query says."""
    amount, money, label = decimal(amount), ZERO if money is None else decimal(money), label or ""
    if move_type == "out_refund":
        named = {int(key) or NOBODY: decimal(value) for key, value in (named or {}).items()}
        return Settlement(amount, "note", named=named, label=label)
    if move_type in ("out_invoice", "out_receipt"):
        return Settlement(amount, "call", label=label)
    return Settlement(amount, "entry", money, label=label)
