"""What membership forms say besides the grid: data protection, how to pay."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    membership_privacy = fields.Text(
        string="Data protection paragraph",
        translate=True,
        help="On each membership form. Empty: a paragraph that fits most associations.",
    )
    membership_form_note = fields.Text(
        string="On the membership form",
        translate=True,
        help="Where to send the form, what to enclose: statutes, list of officers…",
    )

    def _get_form_account(self):
        """Return the bank account that members are asked to pay into."""
        self.ensure_one()
        return self.sudo().partner_id.bank_ids[:1]
