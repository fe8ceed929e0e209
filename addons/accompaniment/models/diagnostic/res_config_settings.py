"""When, and how often, a survey is recalled, on the screen of settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    accompaniment_reminder_days = fields.Integer(related="company_id.accompaniment_reminder_days", readonly=False)
    accompaniment_reminder_max = fields.Integer(related="company_id.accompaniment_reminder_max", readonly=False)
