"""Who launched a campaign, or has one previewed, is not deleted."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_deeds(self):
        domain = ["|", ("launched_by_id", "in", self.ids), ("preview_user_id", "in", self.ids)]
        return [*super()._get_deeds(), ("association.campaign", domain)]
