"""Who launched a campaign, or has one previewed, is not deleted."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _search_deeds(self):
        records = self.env["association.campaign"].with_context(active_test=False)
        domain = ["|", ("launched_by_id", "in", self.ids), ("preview_user_id", "in", self.ids)]
        return [*super()._search_deeds(), records.search(domain, limit=6)]
