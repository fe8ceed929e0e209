"""What a campaign has come to, in SQL: its numbers, and what was called and collected day by day.

A condition says which memberships count, and calls them ``membership``.
"""

from odoo.tools import SQL

from ..register.settlements import money_of_entry

#: Problems for which nothing is to be done: the call is there already.
KNOWN = ("already_called", "other_campaign")

#: What the columns are called is what the fields of the campaign are called.
NUMBERS = """
    SELECT line.campaign_id,
           COUNT(*) FILTER (WHERE line.state = 'ready') AS ready_count,
           SUM(line.total) FILTER (WHERE line.state = 'ready') AS ready_amount,
           COUNT(*) FILTER (WHERE line.state = 'refused' AND line.problem NOT IN %(known)s) AS refused_count,
           COUNT(*) FILTER (WHERE line.state = 'refused' AND line.problem IN %(known)s) AS known_count,
           COUNT(*) FILTER (WHERE line.state = 'excluded') AS excluded_count,
           COUNT(*) FILTER (WHERE line.state = 'failed') AS failed_count,
           SUM(line.total) FILTER (WHERE line.state = 'failed') AS failed_amount,
           COUNT(*) FILTER (WHERE line.state = 'called') AS called_count,
           SUM(called.amount) AS called_amount,
           COUNT(*) FILTER (WHERE membership.payment_state IN ('paid', 'free')) AS paid_count,
           SUM(membership.amount_paid) FILTER (WHERE called.amount IS NOT NULL) AS collected_amount,
           COUNT(*) FILTER (WHERE %(late)s) AS late_count,
           SUM(membership.amount_due) FILTER (WHERE %(late)s) AS late_amount,
           COUNT(*) FILTER (WHERE member.state = 'left' AND line.state = 'called') AS gone_count,
           SUM(membership.amount_due) FILTER (WHERE member.state = 'left') AS gone_amount
      FROM association_campaign_line line
      JOIN association_member member ON member.id = line.member_id
 LEFT JOIN association_membership membership ON membership.id = line.membership_id
 LEFT JOIN account_move move ON move.id = line.move_id
 LEFT JOIN (%(called)s) called ON called.membership_id = line.membership_id
     WHERE line.campaign_id IN %(campaigns)s
     GROUP BY line.campaign_id
"""

#: What was called of each membership of some campaigns: tax included, credit notes deducted.
CALLED_BY_MEMBERSHIP = """
    SELECT line.membership_id,
           SUM(CASE WHEN move.move_type = 'out_refund' THEN -line.price_total ELSE line.price_total END) AS amount
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
     WHERE line.display_type = 'product' AND line.parent_state = 'posted'
       AND move.move_type IN ('out_invoice', 'out_refund')
       AND line.membership_id IN (SELECT membership_id FROM association_campaign_line WHERE campaign_id IN %s)
     GROUP BY line.membership_id
"""

FIRST_CALL = """
    SELECT MIN(move.invoice_date)
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN association_membership membership ON membership.id = line.membership_id
     WHERE move.state = 'posted' AND move.move_type = 'out_invoice' AND %s
"""

CALLED_BY_DAY = """
    SELECT move.invoice_date,
           SUM(CASE WHEN move.move_type = 'out_refund' THEN -line.price_total ELSE line.price_total END)
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN association_membership membership ON membership.id = line.membership_id
     WHERE line.display_type = 'product' AND move.state = 'posted'
       AND move.move_type IN ('out_invoice', 'out_refund') AND %s
     GROUP BY move.invoice_date
"""

COLLECTED_BY_DAY = """
    WITH share AS (
        SELECT move.id, SUM(line.price_total) / NULLIF(MAX(move.amount_total), 0) AS part
          FROM account_move_line line
          JOIN account_move move ON move.id = line.move_id
          JOIN association_membership membership ON membership.id = line.membership_id
         WHERE line.display_type = 'product' AND move.state = 'posted' AND move.move_type = 'out_invoice' AND %s
         GROUP BY move.id
    )
    SELECT partial.max_date, ROUND(SUM(partial.debit_amount_currency * entry.money * share.part), 2)
      FROM share
      JOIN account_move_line receivable ON receivable.move_id = share.id
      JOIN account_partial_reconcile partial ON partial.debit_move_id = receivable.id
      JOIN account_move_line other ON other.id = partial.credit_move_id
      JOIN account_move other_move ON other_move.id = other.move_id
      %s
     WHERE other_move.move_type <> 'out_refund'
     GROUP BY partial.max_date
"""


def numbers(campaign_ids, today):
    """Return the query of the numbers of campaigns, one row for each that has recipients."""
    return SQL(
        NUMBERS,
        late=SQL("membership.amount_due > 0 AND move.invoice_date_due < %s", today),
        known=KNOWN,
        called=SQL(CALLED_BY_MEMBERSHIP, tuple(campaign_ids)),
        campaigns=tuple(campaign_ids),
    )


def first_call(condition):
    """Return the query of the day on which some memberships were first called."""
    return SQL(FIRST_CALL, condition)


def called_by_day(condition):
    """Return the query of what was called, by day: tax included, credit notes deducted."""
    return SQL(CALLED_BY_DAY, condition)


def collected_by_day(condition):
    """Return the query of what money settled, by day: of a call for several, the part of these memberships."""
    return SQL(COLLECTED_BY_DAY, condition, money_of_entry())
