"""Analytic items that are justified to funders stay as they are."""

from odoo import api, models


class AccountAnalyticLine(models.Model):
    _inherit = "account.analytic.line"

    def write(self, vals):
        if vals.keys() & {"amount", "date", "company_id", "move_line_id"}:
            self._refuse_justified()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_justified(self):
        self._refuse_justified()

    def _refuse_justified(self):
        """Raise a UserError where one of the items is an expense to justify."""
        self.env["funding.expense"]._refuse_changed([("analytic_line_id", "in", self.ids)])
