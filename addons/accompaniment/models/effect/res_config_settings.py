"""When a review is recalled, on the screen of settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    accompaniment_review_reminder_days = fields.Integer(
        related="company_id.accompaniment_review_reminder_days", readonly=False
    )
