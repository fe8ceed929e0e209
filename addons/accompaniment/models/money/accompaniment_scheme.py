"""Who usually pays the missions of a scheme."""

from odoo import fields, models


class AccompanimentScheme(models.Model):
    _inherit = "accompaniment.scheme"

    cofunder_ids = fields.One2many("accompaniment.scheme.cofunder", "scheme_id", string="Co-funders", copy=True)
