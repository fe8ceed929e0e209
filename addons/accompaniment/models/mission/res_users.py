"""Who leads missions is not deleted."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_deeds(self):
        return [*super()._get_deeds(), ("accompaniment.mission", [("referent_id", "in", self.ids)])]
