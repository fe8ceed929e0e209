"""The accounts of gifts, in the settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gift_waived_account_id = fields.Many2one(related="company_id.gift_waived_account_id", readonly=False)
    gift_expense_account_id = fields.Many2one(related="company_id.gift_expense_account_id", readonly=False)
