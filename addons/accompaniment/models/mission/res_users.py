"""Who leads missions is not deleted."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _search_deeds(self):
        records = self.env["accompaniment.mission"].with_context(active_test=False)
        domain = [("referent_id", "in", self.ids)]
        return [*super()._search_deeds(), records.search(domain, limit=6)]
