"""Phases that the missions of a scheme begin with."""

from odoo import fields, models


class AccompanimentPhaseTemplate(models.Model):
    _name = "accompaniment.phase.template"
    _description = "Phase of a Scheme"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one("accompaniment.scheme", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    days = fields.Float(string="Days planned", digits=(16, 2))
    description = fields.Text(string="What is done", translate=True)

    _days_not_negative = models.Constraint("CHECK (days >= 0)", "A phase cannot last less than 0 days.")
