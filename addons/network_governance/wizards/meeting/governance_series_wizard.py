"""The dialog that plans a series of meetings: every two months, each quarter…"""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...calculation.meeting import rhythm
from ...models.meeting.governance_meeting import AHEAD


class GovernanceSeriesWizard(models.TransientModel):
    _name = "governance.series.wizard"
    _description = "Plan a Series of Meetings"
    _inherit = ["association.dialog"]
    _rec_name = "body_id"

    body_id = fields.Many2one("governance.body", required=True, domain="[('company_id', 'in', allowed_company_ids)]")
    first_at = fields.Datetime(string="First meeting", required=True)
    months = fields.Integer(
        string="Every (months)", compute="_compute_months", store=True, readonly=False, precompute=True, required=True
    )
    count = fields.Integer(string="How many", required=True, default=6)
    keep = fields.Selection(
        [("weekday", "The same weekday of the month"), ("day", "The same day of the month")],
        required=True,
        default="weekday",
    )
    minutes = fields.Integer(string="Planned minutes", required=True, default=120)
    place = fields.Char()
    in_calendar = fields.Boolean(string="In the calendar", default=True)
    days = fields.Text(compute="_compute_days", string="Meetings")

    _bounds = models.Constraint(
        "CHECK (months BETWEEN 1 AND 24 AND count BETWEEN 1 AND 60 AND minutes > 0)",
        "A series has 1 to 60 meetings, every 1 to 24 months, of one minute at least.",
    )

    @api.depends("body_id")
    def _compute_months(self):
        for wizard in self:
            wizard.months = wizard.body_id.meeting_months or wizard.months or 2

    @api.depends("first_at", "months", "count", "keep")
    def _compute_days(self):
        for wizard in self:
            days = [
                format_date(wizard.env, moment.date(), date_format="EEEE d MMMM y") for moment in wizard._get_moments()
            ]
            wizard.days = "\n".join(days) or False

    def _get_moments(self):
        """Return when the meetings start, on the association's own clock: their hour stays over the change of clock."""
        self.ensure_one()
        if not (self.first_at and 1 <= self.months <= 24 and 1 <= self.count <= 60):
            return []
        company = self.body_id.company_id or self.env.company
        first = fields.Datetime.context_timestamp(company._in_own_time(), self.first_at).replace(tzinfo=None)
        return rhythm.series(first, self.months, self.count, self.keep)

    def action_confirm(self):
        """Plan the meetings; days on which the body meets already are refused."""
        self.ensure_one()
        self.body_id.check_access("write")
        hold(self.body_id)
        moments = self._get_moments()
        taken = {
            meeting._get_day()
            for meeting in self.env["governance.meeting"].search(
                [("body_id", "=", self.body_id.id), ("state", "in", AHEAD)]
            )
        }
        double = sorted(taken.intersection(moment.date() for moment in moments))
        if double:
            raise UserError(
                self.env._(
                    "%(body)s has a meeting already on %(days)s: choose another first day.",
                    body=self.body_id.name,
                    days=", ".join(format_date(self.env, day) for day in double),
                )
            )
        meetings = self.env["governance.meeting"]._plan(
            self.body_id,
            moments,
            {"minutes": self.minutes, "place": self.place, "in_calendar": self.in_calendar},
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("network_governance.action_governance_meeting")
        return {**action, "domain": [("id", "in", meetings.ids)], "context": {}}
