"""A contribution in kind (volunteering, premises, goods): it stands in 86 and in 87, outside the result."""

from odoo import fields, models


class FundingInKind(models.Model):
    _name = "funding.in.kind"
    _description = "Contribution in Kind"
    _inherit = ["funding.plan.part"]
    _order = "plan_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    use_account_id = fields.Many2one(
        "funding.account",
        string="Use (86)",
        required=True,
        ondelete="restrict",
        domain=[("side", "=", "charge"), ("is_in_kind", "=", True)],
    )
    source_account_id = fields.Many2one(
        "funding.account",
        string="Source (87)",
        required=True,
        ondelete="restrict",
        domain=[("side", "=", "product"), ("is_in_kind", "=", True)],
    )
    partner_id = fields.Many2one("res.partner", string="Given by", ondelete="restrict", index="btree_not_null")
    hours = fields.Float(help="Of volunteers; empty where something else is given.")
    hour_rate = fields.Monetary(string="Rate per hour")
    amount = fields.Monetary(string="Value", required=True)

    _not_negative = models.Constraint(
        "CHECK (amount >= 0 AND hours >= 0 AND hour_rate >= 0)", "What is given in kind is not below 0."
    )
