"""What somebody makes in passing is theirs alone."""

from odoo import models
from odoo.fields import Domain

from .base import OURS


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        """A file made to be downloaded, or a window half filled in, is read and written by who made it."""
        domain = super()._compute_domain(model_name, mode)
        model = self.env[model_name]
        if model._transient and model._original_module in OURS and not self.env.su:
            domain &= Domain("create_uid", "=", self.env.uid)
        return domain
