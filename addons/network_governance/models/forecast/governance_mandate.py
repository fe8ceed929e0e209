"""A term is reminded of once."""

from odoo import fields, models


class GovernanceMandate(models.Model):
    _inherit = "governance.mandate"

    term_reminded_on = fields.Date(readonly=True, copy=False)
