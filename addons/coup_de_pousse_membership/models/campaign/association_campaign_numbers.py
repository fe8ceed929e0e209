"""What a campaign has come to: counts and amounts, one query for all of them."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..register.association_membership import ADMITTED

#: Numbers of the page, and the fields that show them: (count, amount).
NUMBERS = ("ready", "refused", "known", "excluded", "failed", "called", "paid", "late", "gone")
PAID = ("paid", "free")
#: What the totals are broken down by.
BREAKDOWN = ("category_id", "territory_id")
#: Problems that need no mending: the call is there already.
KNOWN = ("already_called", "other_campaign")


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

    def _compute_numbers(self):
        rows = {row[0]: row[1:] for row in self._read_numbers()}
        names = (
            "ready_count", "ready_amount", "refused_count", "known_count", "excluded_count",
            "failed_count", "failed_amount",
            "called_count", "called_amount", "paid_count", "collected_amount", "late_count", "late_amount",
            "gone_count", "gone_amount",
        )  # fmt: skip
        for campaign in self:
            values = rows.get(campaign.id, (0,) * len(names))
            for name, value in zip(names, values, strict=True):
                campaign[name] = value or 0

    def _read_numbers(self):
        """Return (campaign id, the numbers in the order of their fields) for each campaign with lines."""
        if not self.ids:
            return []
        self.check_access("read")
        self.env.flush_all()
        return self.env.execute_query(self._get_numbers_query(fields.Date.context_today(self)))

    def _get_numbers_query(self, today):
        """Return the query of the numbers, in the order of their fields."""
        return SQL(
            """
            SELECT line.campaign_id,
                   COUNT(*) FILTER (WHERE line.state = 'ready'),
                   SUM(line.total) FILTER (WHERE line.state = 'ready'),
                   COUNT(*) FILTER (WHERE line.state = 'refused' AND line.problem NOT IN %(known)s),
                   COUNT(*) FILTER (WHERE line.state = 'refused' AND line.problem IN %(known)s),
                   COUNT(*) FILTER (WHERE line.state = 'excluded'),
                   COUNT(*) FILTER (WHERE line.state = 'failed'),
                   SUM(line.total) FILTER (WHERE line.state = 'failed'),
                   COUNT(*) FILTER (WHERE line.state = 'called'),
                   SUM(called.amount),
                   COUNT(*) FILTER (WHERE membership.payment_state IN ('paid', 'free')),
                   SUM(called.amount - membership.amount_due),
                   COUNT(*) FILTER (WHERE %(late)s),
                   SUM(membership.amount_due) FILTER (WHERE %(late)s),
                   COUNT(*) FILTER (WHERE member.state = 'left' AND line.state = 'called'),
                   SUM(membership.amount_due) FILTER (WHERE member.state = 'left')
              FROM association_campaign_line line
              JOIN association_member member ON member.id = line.member_id
         LEFT JOIN association_membership membership ON membership.id = line.membership_id
         LEFT JOIN account_move move ON move.id = line.move_id
         LEFT JOIN (%(called)s) called ON called.membership_id = line.membership_id
             WHERE line.campaign_id IN %(ids)s
             GROUP BY line.campaign_id
            """,
            late=SQL("membership.amount_due > 0 AND move.invoice_date_due < %s", today),
            known=KNOWN,
            called=self._get_called_query(
                SQL(
                    "line.membership_id IN "
                    "(SELECT membership_id FROM association_campaign_line WHERE campaign_id IN %s)",
                    tuple(self.ids),
                )
            ),
            ids=tuple(self.ids),
        )

    def _get_called_query(self, condition):
        """Return the query of what was called of each membership: tax included, credit notes deducted."""
        return SQL(
            """
            SELECT line.membership_id,
                   SUM(CASE WHEN move.move_type = 'out_refund' THEN -line.price_total ELSE line.price_total END) AS amount
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
             WHERE line.display_type = 'product' AND line.parent_state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_refund') AND %s
             GROUP BY line.membership_id
            """,
            condition,
        )

    # ---- lists behind the numbers ----

    def _get_number_domain(self, number):
        """Return the recipients that one of the numbers counts."""
        today = fields.Date.context_today(self)
        domains = {
            "refused": [("state", "=", "refused"), ("problem", "not in", KNOWN)],
            "known": [("state", "=", "refused"), ("problem", "in", KNOWN)],
            "paid": [("state", "=", "called"), ("membership_id.payment_state", "in", PAID)],
            "late": [("membership_id.amount_due", ">", 0), ("due_date", "<", today)],
            "gone": [("state", "=", "called"), ("member_id.state", "=", "left")],
        }
        domain = domains.get(number, [("state", "=", number)])
        return [("campaign_id", "in", self.ids), *domain]

    def action_view_lines(self):
        """Open the recipients: those of one number, or of one row of the totals, where the context names it."""
        self.ensure_one()
        number, row = self.env.context.get("number"), self.env.context.get("breakdown")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_campaign_line"
        )
        context = {"active_id": self.id, "sending": self.sending_state != "none"}
        action.update(domain=[("campaign_id", "=", self.id)], context=context)
        if number in NUMBERS:
            title = self._fields[f"{number}_count"]._description_string(self.env)
            action.update(display_name=title, domain=self._get_number_domain(number))
        elif row in BREAKDOWN:
            action["domain"] = [*self._breakdown_domain(), (row, "=", self.env.context.get("breakdown_id"))]
        return action

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
        number = self.env.context.get("renewal", "lost")
        action = self.env["ir.actions.act_window"]._for_xml_id("coup_de_pousse_membership.action_association_member")
        return {
            **action,
            "display_name": self._fields[f"{number}_count"]._description_string(self.env),
            "domain": list(domains[number]),
            "context": {"active_test": False},
        }


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

    due_date = fields.Date(related="move_id.invoice_date_due", string="To be paid by", store=True)
    payment_state = fields.Selection(related="membership_id.payment_state", string="Payment")
    amount_due = fields.Monetary(related="membership_id.amount_due", string="Open")
    member_state = fields.Selection(related="member_id.state", string="State of the member")
