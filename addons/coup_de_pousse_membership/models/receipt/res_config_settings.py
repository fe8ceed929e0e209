"""Tax receipts, in the settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    receipt_enabled = fields.Boolean(related="company_id.receipt_enabled", readonly=False)
    receipt_individuals = fields.Selection(related="company_id.receipt_individuals", readonly=False)
    receipt_978 = fields.Boolean(related="company_id.receipt_978", readonly=False)
    receipt_companies = fields.Boolean(related="company_id.receipt_companies", readonly=False)
    receipt_per_gift = fields.Boolean(related="company_id.receipt_per_gift", readonly=False)
    receipt_fees = fields.Boolean(related="company_id.receipt_fees", readonly=False)
    receipt_quality = fields.Selection(related="company_id.receipt_quality", readonly=False)
    receipt_object = fields.Char(related="company_id.receipt_object", readonly=False)
    receipt_rna = fields.Char(related="company_id.receipt_rna", readonly=False)
    receipt_signatory = fields.Char(related="company_id.receipt_signatory", readonly=False)
    receipt_signatory_title = fields.Char(related="company_id.receipt_signatory_title", readonly=False)
    receipt_signature = fields.Image(related="company_id.receipt_signature", readonly=False)
    receipt_ruling = fields.Char(related="company_id.receipt_ruling", readonly=False)
