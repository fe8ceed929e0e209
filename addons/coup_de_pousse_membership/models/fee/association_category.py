"""Categories that a fee grid names stay."""

from odoo import api, models


class AssociationCategory(models.Model):
    _inherit = "association.category"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_grids(self):
        self.env["association.fee.scope"]._check_not_named(self, "category_ids")
