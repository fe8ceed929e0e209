"""A body opens its own representativeness."""

from odoo import models


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    def action_representativeness(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["governance.representativeness"]._open_screen(self)
