"""The network's dashboards: made of its figures when they are opened, in the reader's language and rights."""

import json
from ast import literal_eval

from odoo import api, fields, models

from ...calculation.metric.dashboard_parts import Figure, Words
from ...calculation.metric.dashboard_sheet import make_dashboard, make_sample
from .association_metric import FILTERS


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    metric_ids = fields.One2many("association.metric", "dashboard_id", string="Figures")
    is_network = fields.Boolean(string="Of the whole network", help="It shows the figures marked so, of all apps.")

    is_made_of_metrics = fields.Boolean(string="Made of figures", compute="_compute_is_made_of_metrics")

    @api.depends("is_network", "metric_ids")
    def _compute_is_made_of_metrics(self):
        """Say which dashboards show figures of the network: those are made when they are opened, and not shared."""
        for dashboard in self:
            dashboard.is_made_of_metrics = dashboard.is_network or bool(dashboard.sudo().metric_ids)

    def _get_metrics(self):
        """Return the figures that the dashboard shows to the present user."""
        self.ensure_one()
        domain = [("is_network", "=", True)] if self.is_network else [("dashboard_id", "=", self.id)]
        shown = self.env["association.metric"].search(domain)._get_available()
        return shown._with_parts().sorted(lambda metric: (metric.dashboard_id.sequence, metric.sequence, metric.id))

    def _get_serialized_readonly_dashboard(self):
        if not self.is_made_of_metrics:
            return super()._get_serialized_readonly_dashboard()
        snapshot = make_dashboard([self._make_figure(metric) for metric in self._get_metrics()], self._get_words())
        snapshot["settings"]["locale"] = self.env["res.lang"]._get_user_spreadsheet_locale()
        return json.dumps(
            {
                "snapshot": snapshot,
                "revisions": [],
                "default_currency": self.env["res.currency"].get_company_currency_for_spreadsheet(),
                "translation_namespace": self._get_dashboard_translation_namespace(),
            }
        )

    def _get_sample_dashboard(self):
        if not self.is_made_of_metrics:
            return super()._get_sample_dashboard()
        return make_sample([self._make_figure(metric) for metric in self._get_metrics()], self._get_words())

    def _make_figure(self, metric):
        """Return a figure as the plain module that lays out the dashboard reads it."""
        paths = {name: metric[field] for field, name in FILTERS.items() if metric[field]}
        return Figure(
            code=metric.code,
            label=metric.name,
            meaning=metric.meaning or "",
            model=metric.model or "",
            domain=literal_eval(metric.domain),
            measure=metric.measure,
            formula=metric.formula or "",
            matching={name: (path, self._get_type(metric.model, path)) for name, path in paths.items()},
            unit=metric.unit,
            better=metric.better,
            card=metric.is_card,
            chart=metric.chart or "",
            group_by=tuple(metric._get_groups()),
            menu=metric.menu or "",
            action=metric.action or "",
        )

    def _get_type(self, model, path):
        """Return the type of the field at the end of a path."""
        *links, last = path.split(".")
        for link in links:
            model = self.env[model]._fields[link].comodel_name
        return self.env[model]._fields[last].type

    def _get_words(self):
        """Return what stands around the figures, in the reader's language."""
        return Words(
            title=self.env._("All figures"),
            figure=self.env._("What is counted"),
            value=self.env._("This period"),
            before=self.env._("A year before"),
            change=self.env._("Change"),
            meaning=self.env._("What it says"),
            since=self.env._("since the year before"),
            period=self.env._("Period"),
            territory=self.env._("Territory"),
            category=self.env._("Category"),
            money=self._get_money_format(),
        )

    def _get_money_format(self):
        """Return how a spreadsheet writes amounts of the association's currency, without cents."""
        currency = self.env.company.currency_id
        return (
            f"#,##0[$\N{NO-BREAK SPACE}{currency.symbol}]"
            if currency.position == "after"
            else f"[${currency.symbol}]#,##0"
        )
