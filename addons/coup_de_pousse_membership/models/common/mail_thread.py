"""What the chatter says of a new record of ours."""

from odoo import models

from .base import OURS


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _creation_message(self):
        """Say what was created in words that suit any gender: Odoo's “%s créé” does not."""
        if self._original_module not in OURS:
            return super()._creation_message()
        return self.env._("%s: created", self.env["ir.model"]._get(self._name).name)
