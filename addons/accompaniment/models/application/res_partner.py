"""The papers and applications of an organisation."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    funding_paper_ids = fields.One2many("funding.paper", "partner_id", string="Papers for funders")

    def _get_group(self):
        """Return the organisations that are one for de minimis aid: itself, what it depends on, what depends on it."""
        self.ensure_one()
        top = self
        while top.parent_id and top.parent_id.is_company:
            top = top.parent_id
        return self.search([("id", "child_of", top.id), ("is_company", "=", True)]) | self
