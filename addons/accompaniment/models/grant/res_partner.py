"""The published grants of an organisation."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    funding_grant_ids = fields.One2many("funding.grant", "partner_id", string="Published grants")
