"""How a contact is written to: its address as the post reads it, and why nothing can be sent by mail."""

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

    def _get_postal_lines(self, company):
        """Return the lines of the address on an envelope that an association of some country posts.

        The country stands on it for a letter that crosses a border only, in capitals.
        """
        self.ensure_one()
        country = self.country_id if self.country_id != company.country_id else self.country_id.browse()
        town = " ".join(filter(None, [self.zip, self.city]))
        lines = [self.display_name, self.street, self.street2, town, (country.name or "").upper()]
        return [line for line in lines if line]
