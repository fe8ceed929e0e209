"""The campaign week by week, against last year's; and its totals by category and territory."""

from decimal import Decimal

from odoo import fields, models
from odoo.tools import SQL

from ...calculation.campaign.campaign_curve import cumulate

#: Weeks that the curve shows at most.
MOST_WEEKS = 60


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    curve = fields.Json(compute="_compute_curve", help="Called and collected by week, this year and last year.")
    breakdown = fields.Json(compute="_compute_breakdown", help="Recipients and fees by category and territory.")

    # ---- week by week ----

    def _compute_curve(self):
        today = fields.Date.context_today(self)
        for campaign in self:
            campaign.curve = campaign._origin._make_curve(today) if campaign._origin.id else {}

    def _make_curve(self, today):
        """Return the curves of this campaign and of the one before, aligned on the day of the calls.

        Last year's is the campaign that this one follows; without one, the memberships of the grid
        before, as called by hand.
        """
        self.ensure_one()
        self.check_access("read")
        self.env.flush_all()
        if self.state == "draft":
            return {}
        own = self._read_curves(SQL("membership.campaign_id = %s", self.id), self.invoice_date, today)
        before, first = self._get_compared()
        last = self._read_curves(before, first, today) if before and first else None
        return {
            "currency_id": self.currency_id.id,
            "first_day": fields.Date.to_string(self.invoice_date),
            "series": [
                {"name": "called", "label": self.env._("Called"), "points": own[0]},
                {"name": "collected", "label": self.env._("Collected"), "points": own[1]},
                *(
                    [
                        {"name": "last_called", "label": self.env._("Called the year before"), "points": last[0]},
                        {"name": "last_collected", "label": self.env._("Collected the year before"), "points": last[1]},
                    ]
                    if last
                    else []
                ),
            ],
        }

    def _get_compared(self):
        """Return (condition on the memberships of the year before, first day of their calls)."""
        if self.previous_id:
            return SQL("membership.campaign_id = %s", self.previous_id.id), self.previous_id.invoice_date
        grid = self.env["association.fee.grid"].search(
            [("company_id", "=", self.company_id.id), ("date_to", "<", self.date_from), ("state", "!=", "draft")],
            order="date_to desc",
            limit=1,
        )
        if not grid:
            return None, None
        condition = SQL("membership.grid_id = %s", grid.id)
        [[first]] = self.env.execute_query(
            SQL(
                """
                SELECT MIN(move.invoice_date)
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                  JOIN association_membership membership ON membership.id = line.membership_id
                 WHERE move.state = 'posted' AND move.move_type = 'out_invoice' AND %s
                """,
                condition,
            )
        )
        return condition, first

    def _read_curves(self, condition, first, today):
        """Return ([called by week], [collected by week]) of some memberships, as numbers to draw."""
        until = min(today, fields.Date.add(first, weeks=MOST_WEEKS))
        called = self.env.execute_query(self._get_called_by_day(condition))
        collected = self.env.execute_query(self._get_collected_by_day(condition))
        return [
            [
                float(point)
                for point in cumulate(((day, Decimal(str(amount))) for day, amount in rows), first, until).points
            ]
            for rows in (called, collected)
        ]

    def _get_called_by_day(self, condition):
        return SQL(
            """
            SELECT move.invoice_date,
                   SUM(CASE WHEN move.move_type = 'out_refund' THEN -line.price_total ELSE line.price_total END)
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN association_membership membership ON membership.id = line.membership_id
             WHERE line.display_type = 'product' AND move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_refund') AND %s
             GROUP BY move.invoice_date
            """,
            condition,
        )

    def _get_collected_by_day(self, condition):
        """Return the query of what money settled, by day: of a call for several, the part of these memberships."""
        return SQL(
            """
            WITH share AS (
                SELECT move.id, SUM(line.price_total) / NULLIF(MAX(move.amount_total), 0) AS part
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                  JOIN association_membership membership ON membership.id = line.membership_id
                 WHERE line.display_type = 'product' AND move.state = 'posted' AND move.move_type = 'out_invoice' AND %s
                 GROUP BY move.id
            )
            SELECT partial.max_date, ROUND(SUM(partial.debit_amount_currency * share.part), 2)
              FROM share
              JOIN account_move_line receivable ON receivable.move_id = share.id
              JOIN account_partial_reconcile partial ON partial.debit_move_id = receivable.id
              JOIN account_move_line money ON money.id = partial.credit_move_id
              JOIN account_move other ON other.id = money.move_id
             WHERE other.move_type <> 'out_refund'
             GROUP BY partial.max_date
            """,
            condition,
        )

    # ---- by category and territory ----

    def _compute_breakdown(self):
        for campaign in self:
            campaign.breakdown = campaign._origin._make_breakdown() if campaign._origin.id else {}

    def _breakdown_domain(self):
        return [("campaign_id", "=", self.id), ("state", "in", ("ready", "called", "failed"))]

    def _make_breakdown(self):
        """Return the totals of who is to be called, or was, by category and by territory."""
        self.ensure_one()
        lines = self.env["association.campaign.line"]
        domain = self._breakdown_domain()
        titles = {"category_id": self.env._("By category"), "territory_id": self.env._("By territory")}
        tables = []
        for name, title in titles.items():
            rows = lines._read_group(
                domain, [name], ["__count", "total:sum", "previous_amount:sum"], order="total:sum desc"
            )
            tables.append(
                {
                    "name": name,
                    "title": title,
                    "rows": [
                        {
                            "id": record.id,
                            "name": record.display_name or self.env._("Not known"),
                            "count": count,
                            "amount": amount,
                            "previous": previous,
                        }
                        for record, count, amount, previous in rows
                    ],
                }
            )
        return {"currency_id": self.currency_id.id, "tables": tables}
