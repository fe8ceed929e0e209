"""The tree of the bodies, printed from their list."""

from odoo import api, fields, models


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    @api.model
    def action_print_tree(self):
        """Print the tree of today's bodies, whichever are selected: it is whole or it is wrong."""
        return self.env["governance.scheme"].create({"day": fields.Date.context_today(self)}).action_print()
