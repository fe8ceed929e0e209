"""What a campaign has come to: counts and amounts, renewal, the curve by week, totals, the export."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...calculation.common.spreadsheet import Sheet
from ...calculation.numbers.campaign_curve import cumulate
from ..register.association_membership import ADMITTED
from . import queries

#: Numbers of the page that have a list behind them: their fields are called ``<number>_count``.
NUMBERS = ("ready", "refused", "known", "excluded", "failed", "called", "paid", "late", "gone")
#: States of the payment of who has paid, or owes nothing.
PAID = ("paid", "free")
#: What the totals are broken down by.
BREAKDOWN = ("category_id", "territory_id")
#: Weeks that the curve shows at most.
MOST_WEEKS = 60


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    ready_count = fields.Integer(compute="_compute_numbers", string="To be called")
    ready_amount = fields.Monetary(compute="_compute_numbers", string="Total to call")
    refused_count = fields.Integer(compute="_compute_numbers", string="Cannot be called")
    known_count = fields.Integer(compute="_compute_numbers", string="Already called")
    excluded_count = fields.Integer(compute="_compute_numbers", string="Left out")
    failed_count = fields.Integer(compute="_compute_numbers", string="Set aside")
    failed_amount = fields.Monetary(compute="_compute_numbers", string="Amount set aside")
    called_count = fields.Integer(compute="_compute_numbers", string="Called")
    called_amount = fields.Monetary(
        compute="_compute_numbers", string="Amount called", help="Tax included, credit notes deducted."
    )
    paid_count = fields.Integer(compute="_compute_numbers", string="Paid")
    collected_amount = fields.Monetary(compute="_compute_numbers", string="Amount collected")
    late_count = fields.Integer(compute="_compute_numbers", string="Late")
    late_amount = fields.Monetary(compute="_compute_numbers", string="Amount late")
    gone_count = fields.Integer(compute="_compute_numbers", string="Have left")
    gone_amount = fields.Monetary(compute="_compute_numbers", string="Left unpaid")
    expected_count = fields.Integer(compute="_compute_renewal", string="Members on the eve")
    renewed_count = fields.Integer(compute="_compute_renewal", string="Renewed")
    lost_count = fields.Integer(compute="_compute_renewal", string="Did not come back")
    renewal_rate = fields.Float(
        compute="_compute_renewal",
        string="Renewal rate (%)",
        help="Of the members on the eve of the period, those with a paid (or free) membership over it, in percent.",
    )
    curve = fields.Json(compute="_compute_curve", help="Called and collected by week, this year and last year.")
    breakdown = fields.Json(compute="_compute_breakdown", help="Recipients and fees by category and territory.")

    # ---- numbers, and the lists behind them ----

    def _compute_numbers(self):
        rows = {row["campaign_id"]: row for row in self._read_numbers()}
        names = [name for name, field in self._fields.items() if field.compute == "_compute_numbers"]
        for campaign in self:
            row = rows.get(campaign.id, {})
            for name in names:
                campaign[name] = row.get(name) or 0

    def _read_numbers(self):
        """Return the numbers of each campaign that has recipients, in one query for all of them."""
        if not self.ids:
            return []
        self.check_access("read")
        self.env.flush_all()
        return self.env.execute_query_dict(queries.numbers(self.ids, fields.Date.context_today(self)))

    def _get_number_domain(self, number):
        """Return the recipients that one of the numbers counts."""
        today = fields.Date.context_today(self)
        domains = {
            "refused": [("state", "=", "refused"), ("problem", "not in", queries.KNOWN)],
            "known": [("state", "=", "refused"), ("problem", "in", queries.KNOWN)],
            "paid": [("state", "=", "called"), ("membership_id.payment_state", "in", PAID)],
            "late": [("membership_id.amount_due", ">", 0), ("due_date", "<", today)],
            "gone": [("state", "=", "called"), ("member_id.state", "=", "left")],
        }
        domain = domains.get(number, [("state", "=", number)])
        return [("campaign_id", "in", self.ids), *domain]

    def action_view_lines(self):
        """Open the recipients: those of one number, or of one row of the totals, where the context names it."""
        self.ensure_one()
        number, row = self.env.context.get("association_number"), self.env.context.get("association_breakdown")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_campaign_line"
        )
        action.update(domain=[("campaign_id", "=", self.id)], context=self._get_lines_context())
        if number in NUMBERS:
            title = self._fields[f"{number}_count"]._description_string(self.env)
            action.update(display_name=title, domain=self._get_number_domain(number))
        elif row in BREAKDOWN:
            value = self.env.context.get("association_breakdown_id")
            action["domain"] = [*self._get_breakdown_domain(), (row, "=", value)]
        return action

    def _get_lines_context(self):
        """Return the context in which the list of the recipients is opened."""
        return {"active_id": self.id}

    # ---- renewal ----

    @api.depends("date_from", "date_to")
    def _compute_renewal(self):
        for campaign in self:
            if not campaign.date_from:
                campaign.expected_count = campaign.renewed_count = campaign.lost_count = campaign.renewal_rate = 0
                continue
            members = self.env["association.member"].with_context(active_test=False)
            expected = members.search_count(campaign._get_expected_domain())
            lost = members.search_count(campaign._get_lost_domain())
            campaign.expected_count = expected
            campaign.renewed_count = expected - lost
            campaign.lost_count = lost
            campaign.renewal_rate = 100.0 * (expected - lost) / expected if expected else 0.0

    def _get_expected_domain(self):
        """Return the members whose membership ran on the eve of the period."""
        eve = fields.Date.subtract(self.date_from, days=1)
        on_eve = ADMITTED & Domain("date_from", "<=", eve) & Domain("last_day", ">=", eve)
        return Domain("company_id", "=", self.company_id.id) & Domain("membership_ids", "any", on_eve)

    def _get_paid_domain(self):
        """Return the paid (or free) memberships over the period."""
        return (
            ADMITTED
            & Domain("date_to", ">=", self.date_from)
            & Domain("date_from", "<=", self.date_to)
            & Domain("last_day", ">=", self.date_from)
            & Domain("payment_state", "in", PAID)
        )

    def _get_lost_domain(self):
        """Return those of them who did not come back: without a paid (or free) membership over the period."""
        return self._get_expected_domain() & Domain("membership_ids", "not any", self._get_paid_domain())

    def action_view_renewal(self):
        """Open the members behind a number of the renewal, which the context names."""
        self.ensure_one()
        domains = {
            "expected": self._get_expected_domain(),
            "renewed": self._get_expected_domain() & Domain("membership_ids", "any", self._get_paid_domain()),
            "lost": self._get_lost_domain(),
        }
        number = self.env.context.get("association_renewal", "lost")
        action = self.env["ir.actions.act_window"]._for_xml_id("coup_de_pousse_membership.action_association_member")
        return {
            **action,
            "display_name": self._fields[f"{number}_count"]._description_string(self.env),
            "domain": list(domains[number]),
            "context": {"active_test": False},
        }

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
        labels = {"called": self.env._("Called"), "collected": self.env._("Collected")}
        points = self._read_curves(SQL("membership.campaign_id = %s", self.id), self.invoice_date, today)
        before, first = self._get_compared()
        if before and first:
            labels["last_called"] = self.env._("Called the year before")
            labels["last_collected"] = self.env._("Collected the year before")
            points += self._read_curves(before, first, today)
        return {
            "currency_id": self.currency_id.id,
            "first_day": fields.Date.to_string(self.invoice_date),
            "series": [
                {"name": name, "label": label, "points": serie}
                for (name, label), serie in zip(labels.items(), points, strict=True)
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
        [[first]] = self.env.execute_query(queries.first_call(condition))
        return condition, first

    def _read_curves(self, condition, first, today):
        """Return [called by week, collected by week] of some memberships, as numbers to draw."""
        until = min(today, fields.Date.add(first, weeks=MOST_WEEKS))
        curves = []
        for query in (queries.called_by_day, queries.collected_by_day):
            entries = ((day, Decimal(str(amount))) for day, amount in self.env.execute_query(query(condition)))
            curves.append([float(point) for point in cumulate(entries, first, until).points])
        return curves

    # ---- by category and territory ----

    def _compute_breakdown(self):
        for campaign in self:
            campaign.breakdown = campaign._origin._make_breakdown() if campaign._origin.id else {}

    def _get_breakdown_domain(self):
        """Return the recipients who are to be called, or were."""
        return [("campaign_id", "=", self.id), ("state", "in", ("ready", "called", "failed"))]

    def _make_breakdown(self):
        """Return the totals of who is to be called, or was, by category and by territory."""
        self.ensure_one()
        titles = {"category_id": self.env._("By category"), "territory_id": self.env._("By territory")}
        return {
            "currency_id": self.currency_id.id,
            "tables": [
                {"name": name, "title": title, "rows": self._get_breakdown_rows(name)} for name, title in titles.items()
            ],
        }

    def _get_breakdown_rows(self, name):
        """Return the totals by the values of one field, the highest first."""
        groups = self.env["association.campaign.line"]._read_group(
            self._get_breakdown_domain(),
            [name],
            ["__count", "total:sum", "previous_amount:sum"],
            order="total:sum desc",
        )
        return [
            {
                "id": record.id,
                "name": record.display_name or self.env._("Not known"),
                "count": count,
                "amount": amount,
                "previous": previous,
            }
            for record, count, amount, previous in groups
        ]

    # ---- the export ----

    def action_export(self):
        """Download the recipients: a sheet for each state, then the totals by category and territory."""
        self.ensure_one()
        self.check_access("read")
        lines = self.env["association.campaign.line"].search([("campaign_id", "=", self.id)])
        sheets = lines._make_sheets()
        header = [self.env._("Recipients"), self.env._("Total"), self.env._("Last fee")]
        for table in self._make_breakdown()["tables"]:
            columns = [
                (table["title"], 40, "text"),
                *zip(header, (12, 14, 14), ("integer", "money", "money"), strict=True),
            ]
            rows = [(row["name"], row["count"], row["amount"], row["previous"]) for row in table["rows"]]
            sheets.append(Sheet(table["title"], columns, rows))
        return self.env["association.spreadsheet"]._download(self.name, sheets)
