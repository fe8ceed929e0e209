"""Steps of a method: how long, and who meets."""

from odoo import fields, models


class AccompanimentWorkshopTemplateLine(models.Model):
    _name = "accompaniment.workshop.template.line"
    _description = "Step of a Workshop Template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("accompaniment.workshop.template", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Step", required=True, translate=True)
    hours = fields.Float(required=True, default=3.0, digits=(16, 2))
    meeting = fields.Selection(
        [
            ("tracks", "Each track apart, at the same time"),
            ("common", "All together"),
            ("both", "Each track, then all together"),
        ],
        string="Who meets",
        required=True,
        default="tracks",
    )
    aim = fields.Text(translate=True)

    _hours_positive = models.Constraint(
        "CHECK (hours > 0 AND hours <= 24)", "A step lasts more than 0 hours and at most 24."
    )
