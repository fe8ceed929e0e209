"""What a diagnosis found."""

from odoo import fields, models


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

    finding_ids = fields.One2many("accompaniment.finding", "diagnostic_id", string="Findings")
