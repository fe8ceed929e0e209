"""How many days an adviser can give to missions in a month, on the screen of settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    accompaniment_days_month = fields.Float(related="company_id.accompaniment_days_month", readonly=False)
