"""The thresholds of funding plans, on the screen of settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    funding_first_share = fields.Float(related="company_id.funding_first_share", readonly=False)
    funding_concentration = fields.Float(related="company_id.funding_concentration", readonly=False)
    funding_months = fields.Float(related="company_id.funding_months", readonly=False)
    funding_comment_share = fields.Float(related="company_id.funding_comment_share", readonly=False)
