from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    accompaniment_answer_days = fields.Integer(related="company_id.accompaniment_answer_days", readonly=False)
    accompaniment_days_month = fields.Float(related="company_id.accompaniment_days_month", readonly=False)
