"""What belongs to a grid: a vote fixes it."""

from odoo import api, models


class AssociationGridPart(models.AbstractModel):
    """Base of the lines of a grid and of what belongs to them; each names its ``grid_id``."""

    _name = "association.grid.part"
    _description = "Part of a Grid"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.grid_id._check_draft()
        return parts

    def write(self, vals):
        self.grid_id._check_draft()
        res = super().write(vals)
        self.grid_id._check_draft()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_from_draft(self):
        self.grid_id._check_draft()
