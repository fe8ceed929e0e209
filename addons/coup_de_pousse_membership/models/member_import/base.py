"""Odoo's own import of records stays away from what has an import, or rules, of its own."""

from odoo import api, models

#: Addons whose records are not to be made from a table: their states, amounts and rights come from what is done.
OWN_ADDONS = frozenset(("coup_de_pousse_membership", "network_governance", "accompaniment"))


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Take “Import records” out of the lists of our models: lists of members have their own import."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("list", "kanban") and self._original_module in OWN_ADDONS:
            arch.set("import", "0")
        return arch, view
