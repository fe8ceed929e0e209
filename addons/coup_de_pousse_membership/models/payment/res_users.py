"""Who confirmed the payments of a bank's file is not deleted."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_deeds(self):
        domain = [("user_id", "in", self.ids)]
        return [*super()._get_deeds(), ("association.payment.import", domain)]
