"""Within how many days a request is answered, on the screen of settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    accompaniment_answer_days = fields.Integer(related="company_id.accompaniment_answer_days", readonly=False)
