"""The funding plan of one organisation and year, or of one project."""

from odoo import fields, models


class FundingPlan(models.Model):
    """What an organisation spends and who pays it, on the lines of the Cerfa."""

    _name = "funding.plan"
    _description = "Funding Plan"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Organisation", required=True, ondelete="restrict", index=True, tracking=True
    )
    mission_id = fields.Many2one(
        "accompaniment.mission", check_company=True, index="btree_not_null", ondelete="set null", tracking=True
    )
    project = fields.Char(help="Empty: the whole organisation.")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("proposed", "Proposed"), ("voted", "Voted"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    previous_id = fields.Many2one(
        "funding.plan", string="Last year's plan", check_company=True, index="btree_not_null", ondelete="set null"
    )
    opening_cash = fields.Monetary(string="Cash at the start")
    line_ids = fields.One2many("funding.line", "plan_id", string="Lines", copy=True)
    in_kind_ids = fields.One2many("funding.in.kind", "plan_id", string="Contributions in kind", copy=True)

    _dates = models.Constraint("CHECK (date_from <= date_to)", "A plan ends after it starts: correct its dates.")
