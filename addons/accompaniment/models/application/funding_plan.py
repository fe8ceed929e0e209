"""Which applications would close the gap of a plan, best first."""

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import over_days
from odoo.tools import format_amount

from .application_stages import ASKED


class FundingPlan(models.Model):
    _inherit = "funding.plan"

    closing_html = fields.Html(compute="_compute_closing_html", string="What would close the gap", sanitize=False)

    @api.depends("gap", "partner_id", "line_ids.application_id")
    def _compute_closing_html(self):
        for plan in self:
            plan.closing_html = plan._show_closing() if plan.gap > 0 and plan.partner_id else False

    def _get_closing(self):
        """Return the open applications that are not in the plan, the likeliest amount first."""
        self.ensure_one()
        domain = [
            ("partner_id", "=", self.partner_id.id),
            ("stage", "in", ASKED),
            ("id", "not in", self.line_ids.application_id.ids),
            *over_days(self.date_from, self.date_to),
        ]
        return self.env["funding.application"].search(domain, order="amount_likely desc, id")

    def _show_closing(self):
        """Return the list of these applications, with what would be missing after each."""
        missing, rows = self.gap, []
        for application in self._get_closing():
            missing = max(missing - application.amount_likely, 0)
            rows.append(
                Markup("<li>%s</li>")
                % self.env._(
                    "%(name)s (%(funder)s): likely %(likely)s; then %(missing)s would be missing",
                    name=application.name,
                    funder=application.funder_id.name,
                    likely=format_amount(self.env, application.amount_likely, self.currency_id),
                    missing=format_amount(self.env, missing, self.currency_id),
                )
            )
        return Markup("<ol>%s</ol>") % Markup("").join(rows) if rows else False
