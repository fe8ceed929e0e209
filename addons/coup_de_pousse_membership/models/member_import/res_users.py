"""Who imported a list is not deleted."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_deeds(self):
        domain = [("imported_by", "in", self.ids)]
        return [*super()._get_deeds(), ("association.member.import", domain)]
