"""Themes by which missions are found and counted."""

from odoo import fields, models


class AccompanimentTheme(models.Model):
    _name = "accompaniment.theme"
    _description = "Theme of Missions"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    color = fields.Integer()

    _name_unique = models.UniqueIndex("(name)", "A theme of this name exists already.")
