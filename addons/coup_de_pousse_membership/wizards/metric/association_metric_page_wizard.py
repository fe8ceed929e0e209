"""The dialog that prints a dashboard on one page, or downloads its figures."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...models.metric.metric_page import MetricPage


class AssociationMetricPageWizard(models.TransientModel):
    _name = "association.metric.page.wizard"
    _description = "Page for the Board"
    _rec_name = "dashboard_id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, required=True)
    dashboard_id = fields.Many2one(
        "spreadsheet.dashboard",
        required=True,
        domain="['|', ('is_network', '=', True), ('metric_ids', '!=', False)]",
        default=lambda self: self._default_dashboard(),
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: fields.Date.context_today(self).replace(month=1, day=1)
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    territory_id = fields.Many2one("association.territory", help="With all that lies in it; empty: everywhere.")
    category_id = fields.Many2one("association.category", check_company=True, help="Empty: all categories.")

    def _default_dashboard(self):
        """Return the first of the network's dashboards that the present user sees."""
        return self.env["spreadsheet.dashboard"].search(
            ["|", ("is_network", "=", True), ("metric_ids", "!=", False)], limit=1
        )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for wizard in self:
            if wizard.date_from > wizard.date_to:
                raise ValidationError(self.env._("The period ends before it begins: correct one of its two days."))

    def _get_page(self):
        """Return what the page shows."""
        self.ensure_one()
        self.dashboard_id.check_access("read")
        return MetricPage(
            self.dashboard_id.with_company(self.company_id),
            date_from=self.date_from,
            date_to=self.date_to,
            territory=self.territory_id,
            category=self.category_id,
        )

    def _get_title(self):
        """Return what the page is called."""
        self.ensure_one()
        return self.env._(
            "%(dashboard)s – %(day)s", dashboard=self.dashboard_id.name, day=format_date(self.env, self.date_to)
        )

    def action_print(self):
        """Print the page."""
        self.ensure_one()
        return self.env.ref("coup_de_pousse_membership.report_metric_page").report_action(self)

    def action_export(self):
        """Download the figures."""
        return self.env["association.spreadsheet"]._download(self._get_title(), self._get_page().make_sheets())
