"""Methods in several steps, from which workshops are planned."""

from odoo import fields, models


class AccompanimentWorkshopTemplate(models.Model):
    """A method in several steps, ready to be put on dates: the Atelier du futur, for one."""

    _name = "accompaniment.workshop.template"
    _description = "Workshop Template"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    line_ids = fields.One2many("accompaniment.workshop.template.line", "template_id", string="Steps", copy=True)
