"""The paragraphs of the membership form, in the settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    membership_privacy = fields.Text(related="company_id.membership_privacy", readonly=False)
    membership_form_note = fields.Text(related="company_id.membership_form_note", readonly=False)
