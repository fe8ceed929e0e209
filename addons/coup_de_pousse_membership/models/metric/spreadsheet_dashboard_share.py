"""The network's figures are not shared by a public link."""

from odoo import api, models
from odoo.exceptions import UserError
from werkzeug.exceptions import Forbidden


class SpreadsheetDashboardShare(models.Model):
    _inherit = "spreadsheet.dashboard.share"

    @api.model_create_multi
    def create(self, vals_list):
        dashboards = self.env["spreadsheet.dashboard"].browse(
            {vals["dashboard_id"] for vals in vals_list if vals.get("dashboard_id")}
        )
        for dashboard in dashboards:
            if dashboard.is_made_of_metrics:
                raise UserError(
                    self.env._(
                        "“%s” is not shared by a public link: print the page for the board, or give the person the role "
                        "of a director.",
                        dashboard.name,
                    )
                )
        return super().create(vals_list)

    def _check_dashboard_access(self, access_token):
        if self.sudo().dashboard_id.is_made_of_metrics:
            raise Forbidden(self.env._("This dashboard is not shared."))
        return super()._check_dashboard_access(access_token)
