"""Groups in which members vote, with their weight."""

from odoo import fields, models


class AssociationCollege(models.Model):
    _name = "association.college"
    _description = "College"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: common to all associations here.")
    weight = fields.Float(
        string="Voting weight",
        default=1.0,
        digits=(6, 2),
        help="How much one vote of this college weighs where the statutes weigh colleges.",
    )

    _weight_not_negative = models.Constraint("CHECK (weight >= 0)", "A college's voting weight cannot be negative.")
