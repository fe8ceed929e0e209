"""Who imported a list is not deleted."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _search_deeds(self):
        records = self.env["association.member.import"].with_context(active_test=False)
        domain = [("imported_by", "in", self.ids)]
        return [*super()._search_deeds(), records.search(domain, limit=6)]
