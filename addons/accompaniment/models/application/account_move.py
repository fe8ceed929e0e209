"""Bills that are justified to funders stay as they are."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_draftable(self):
        """A bill of which an expense was made does not change under it."""
        self.env["funding.expense"]._refuse_changed(
            [
                "|",
                ("move_line_id.move_id", "in", self.ids),
                ("analytic_line_id.move_line_id.move_id", "in", self.ids),
            ]
        )
        return super()._check_draftable()
