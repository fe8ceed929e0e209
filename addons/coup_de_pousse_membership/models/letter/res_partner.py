"""Why nothing can be sent to a contact by mail."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _why_no_letter(self):
        """Return why nothing can be sent by mail to any of these contacts of one organisation."""
        written = self.filtered("email")[:1]
        if not written:
            return self.env._("No e-mail address.")
        if not written.email_normalized:
            return self.env._("“%s” is not an e-mail address.", written.email)
        return self.env._("%s sent an earlier letter back.", written.email)
