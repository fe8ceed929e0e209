"""A contribution in kind (volunteering, premises, goods): it stands in 86 and in 87, outside the result."""

from odoo import api, fields, models


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
    work_id = fields.Many2one(
        "funding.work", string="Kind of work", ondelete="restrict", help="It gives the rate of an hour."
    )
    hours = fields.Float(help="Of volunteers; empty where something else is given.")
    hour_rate = fields.Monetary(
        string="Rate per hour", compute="_compute_hour_rate", store=True, readonly=False, precompute=True
    )
    amount = fields.Monetary(
        string="Value", required=True, compute="_compute_amount", store=True, readonly=False, precompute=True
    )

    _not_negative = models.Constraint(
        "CHECK (amount >= 0 AND hours >= 0 AND hour_rate >= 0)", "What is given in kind is not below 0."
    )

    @api.depends("work_id", "plan_id.date_from")
    def _compute_hour_rate(self):
        for gift in self:
            day = gift.plan_id.date_from or fields.Date.context_today(gift)
            rate = gift.work_id._get_rate(day) if gift.work_id else None
            gift.hour_rate = gift.hour_rate if rate is None else rate

    @api.depends("hours", "hour_rate")
    def _compute_amount(self):
        """Hours have the value of their rate; what else is given is valued by hand."""
        for gift in self:
            value = gift.hours * gift.hour_rate
            gift.amount = gift.currency_id.round(value) if value and gift.currency_id else value or gift.amount

    def _get_account(self, side):
        """Return the line of the form on which it stands among the charges (86), or among the products (87)."""
        self.ensure_one()
        return self.use_account_id if side == "charge" else self.source_account_id
