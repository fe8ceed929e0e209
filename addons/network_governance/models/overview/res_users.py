"""Where secretaries land after the login."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_first_screens(self):
        *doing, reading = super()._get_first_screens()
        return [
            *doing,
            ("network_governance.group_governance_secretary", "network_governance.action_governance_overview"),
            reading,
        ]
