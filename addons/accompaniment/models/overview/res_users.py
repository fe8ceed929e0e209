"""Where advisers land after the login."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_first_screens(self):
        *doing, reading = super()._get_first_screens()
        return [
            *doing,
            ("accompaniment.group_accompaniment_adviser", "accompaniment.action_accompaniment_overview"),
            reading,
        ]
