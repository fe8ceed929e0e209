"""The usual co-funders of a scheme, and their part."""

from odoo import fields, models


class AccompanimentSchemeCofunder(models.Model):
    _name = "accompaniment.scheme.cofunder"
    _description = "Co-funder of a Scheme"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one("accompaniment.scheme", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", string="Co-funder", ondelete="restrict", help="Empty: the mission's main beneficiary."
    )
    percent = fields.Float(string="Part (%)", required=True, digits=(16, 2))

    _percent_bounds = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)", "A co-funder's part is more than 0 % and at most 100 %."
    )
