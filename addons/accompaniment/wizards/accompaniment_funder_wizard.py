from odoo import fields, models
from odoo.exceptions import UserError


class AccompanimentFunderWizard(models.TransientModel):
    _name = "accompaniment.funder.wizard"
    _description = "Funder's Annual Table"

    year = fields.Integer(required=True, default=lambda self: fields.Date.context_today(self).year)
    scheme_ids = fields.Many2many("accompaniment.scheme", string="Schemes", help="Empty: all of them.")

    def action_download(self):
        self.ensure_one()
        if not 1900 < self.year < 2200:
            raise UserError(self.env._("%(year)s is no year: write it with four figures.", year=self.year))
        missions = self.env["accompaniment.mission"]._search_of_year(self.year, self.scheme_ids)
        if not missions:
            raise UserError(self.env._("No mission was under way in %(year)s.", year=self.year))
        return missions._download_funder_table(self.year)
