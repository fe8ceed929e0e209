from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    accompaniment_answer_days = fields.Integer(related="company_id.accompaniment_answer_days", readonly=False)
    accompaniment_reminder_days = fields.Integer(related="company_id.accompaniment_reminder_days", readonly=False)
    accompaniment_reminder_max = fields.Integer(related="company_id.accompaniment_reminder_max", readonly=False)
    accompaniment_review_reminder_days = fields.Integer(
        related="company_id.accompaniment_review_reminder_days", readonly=False
    )
    accompaniment_days_month = fields.Float(related="company_id.accompaniment_days_month", readonly=False)
