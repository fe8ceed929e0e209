"""Words whose meaning the people of a mission agreed on."""

from odoo import fields, models


class AccompanimentDefinition(models.Model):
    _name = "accompaniment.definition"
    _description = "Shared Definition"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, name, id"

    name = fields.Char(string="Word", required=True)
    definition = fields.Text(required=True)
    agreed_on = fields.Date(string="Agreed on")
