"""A line of a funding plan: what is spent on something, or what one source pays."""

from odoo import fields, models


class FundingLine(models.Model):
    """Amounts are those of the plan's period. What is granted and received is said of products only."""

    _name = "funding.line"
    _description = "Line of a Funding Plan"
    _inherit = ["association.part"]
    _placed_by = frozenset({"plan_id"})
    _order = "plan_id, side, sequence, id"

    plan_id = fields.Many2one("funding.plan", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    sequence = fields.Integer(default=10)
    account_id = fields.Many2one("funding.account", string="Cerfa line", required=True, ondelete="restrict", index=True)
    side = fields.Selection(related="account_id.side", store=True)
    name = fields.Char(string="Source or expense")
    funder_id = fields.Many2one(
        "res.partner", string="Legal funder", ondelete="restrict", index="btree_not_null", help="Who signs and pays."
    )
    programme_id = fields.Many2one("funding.programme", ondelete="restrict", index="btree_not_null")
    amount_planned = fields.Monetary(string="Planned")
    amount_asked = fields.Monetary(string="Asked")
    amount_granted = fields.Monetary(string="Granted")
    amount_received = fields.Monetary(string="Received")
    amount_actual = fields.Monetary(string="Actual", help="At the year's end, for the financial report.")
    probability = fields.Float(help="Of what is planned and not granted yet.")
    is_joint = fields.Boolean(string="Joint application")
    note = fields.Char(string="Comment")

    _not_negative = models.Constraint(
        "CHECK (amount_planned >= 0 AND amount_asked >= 0 AND amount_granted >= 0 AND amount_received >= 0)",
        "Amounts of a plan are not below 0: enter what is spent under the charges, and what comes in under the products.",
    )
    _probability = models.Constraint("CHECK (probability BETWEEN 0 AND 1)", "A probability lies between 0 % and 100 %.")
