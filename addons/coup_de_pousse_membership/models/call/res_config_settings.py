"""The accounting of the calls, in the settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    membership_journal_id = fields.Many2one(related="company_id.membership_journal_id", readonly=False)
    membership_income_account_id = fields.Many2one(related="company_id.membership_income_account_id", readonly=False)
    membership_income_counterpart_account_id = fields.Many2one(
        related="company_id.membership_income_counterpart_account_id", readonly=False
    )
    membership_waiting_account_id = fields.Many2one(related="company_id.membership_waiting_account_id", readonly=False)
    membership_gift_account_id = fields.Many2one(related="company_id.membership_gift_account_id", readonly=False)
    membership_income_recognition = fields.Selection(related="company_id.membership_income_recognition", readonly=False)
    membership_payment_term_id = fields.Many2one(related="company_id.membership_payment_term_id", readonly=False)
    membership_due_days = fields.Integer(related="company_id.membership_due_days", readonly=False)
    membership_tax_regime = fields.Selection(related="company_id.membership_tax_regime", readonly=False)
