"""A fee grid as a table that a member can read, on the membership form."""

from odoo import api, fields, models

from ..fee.quote_writer import QuoteWriter


class AssociationFeeGrid(models.Model):
    _inherit = "association.fee.grid"

    def _get_table(self):
        """Return [(whom a line concerns, figure that it reads, fee)] of the grid, as they are read."""
        self.ensure_one()
        writer = QuoteWriter(self)
        figures = dict(self.env["association.fee.rule"]._selection_basis())
        return [
            (rule._say_whom(), figures.get(rule.basis, ""), writer.fee_text(rule))
            for rule in self.rule_ids.sorted("sequence")
        ]

    @api.model
    def _get_in_force(self, company):
        """Return the grid in force today, else the next one; a membership form shows it."""
        today = fields.Date.context_today(self)
        domain = [("company_id", "=", company.id), ("state", "in", ("voted", "used")), ("date_to", ">=", today)]
        return self.sudo().search(domain, order="date_from", limit=1)
