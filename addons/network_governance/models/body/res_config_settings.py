"""The settings of governance, on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    governance_under = fields.Float(related="company_id.governance_under", readonly=False)
    governance_over = fields.Float(related="company_id.governance_over", readonly=False)
    governance_counts = fields.Selection(related="company_id.governance_counts", readonly=False)
    governance_size = fields.Selection(related="company_id.governance_size", readonly=False)
    governance_most_seats = fields.Integer(related="company_id.governance_most_seats", readonly=False)
    governance_reminder_months = fields.Integer(related="company_id.governance_reminder_months", readonly=False)
    governance_declare_since = fields.Date(related="company_id.governance_declare_since", readonly=False)
