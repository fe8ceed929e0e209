"""Asks for which years and schemes the funder's table is made."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccompanimentFunderWizard(models.TransientModel):
    _name = "accompaniment.funder.wizard"
    _description = "Funder's Annual Table"
    _inherit = ["association.dialog"]

    year_from = fields.Integer(string="First year", compute="_compute_year_from", store=True, readonly=False)
    year = fields.Integer(required=True, default=lambda self: fields.Date.context_today(self).year)
    scheme_ids = fields.Many2many("accompaniment.scheme", string="Schemes", help="Empty: all of them.")

    @api.depends("year")
    def _compute_year_from(self):
        for wizard in self:
            wizard.year_from = wizard.year

    def action_download(self):
        self.ensure_one()
        first = self.year_from
        for year in (first, self.year):
            if not 1900 < year < 2200:
                raise UserError(self.env._("%(year)s is no year: write it with four figures.", year=year))
        if first > self.year:
            raise UserError(self.env._("The first year comes after the last one: change one of the two."))
        missions = self.env["accompaniment.mission"]._search_of_years(first, self.year, self.scheme_ids)
        if not missions:
            raise UserError(
                self.env._("No mission was under way in %(year)s.", year=self.year)
                if first == self.year
                else self.env._("No mission was under way from %(first)s to %(last)s.", first=first, last=self.year)
            )
        return missions._download_funder_table(first, self.year)
