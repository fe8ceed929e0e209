"""What bodies are for: decision, facilitation, planning, implementation."""

from odoo import fields, models


class GovernanceFunction(models.Model):
    _name = "governance.function"
    _description = "Function of a Body"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    description = fields.Char(translate=True)
    decides = fields.Boolean(
        string="Takes decisions",
        help="Bodies with this function are the decision bodies, whose seats the representativeness counts.",
    )
