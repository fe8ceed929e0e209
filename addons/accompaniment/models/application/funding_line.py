"""The application that a source of a plan rests on."""

from odoo import api, fields, models


class FundingLine(models.Model):
    _inherit = "funding.line"

    application_id = fields.Many2one(
        "funding.application", ondelete="set null", index="btree_not_null", check_company=True, copy=False
    )

    is_earmarked = fields.Boolean(
        string="For a purpose", help="What is not spent of it at the year's end goes into dedicated funds (689 / 194)."
    )
    amount_spent = fields.Monetary(
        string="Spent on its purpose",
        compute="_compute_amount_spent",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="The expenses that justify it, where it has an application; else typed.",
    )
    amount_dedicated = fields.Monetary(
        string="Dedicated funds",
        compute="_compute_amount_dedicated",
        help="To be booked 689 / 194, and taken back by 789.",
    )

    _application_once = models.UniqueIndex(
        "(plan_id, application_id) WHERE application_id IS NOT NULL", "This application is a line of the plan already."
    )

    @api.depends("application_id.claim_ids.amount")
    def _compute_amount_spent(self):
        for line in self:
            claims = line.application_id.claim_ids
            line.amount_spent = sum(claims.mapped("amount")) if claims else line.amount_spent

    @api.depends("is_earmarked", "amount_granted", "amount_spent")
    def _compute_amount_dedicated(self):
        for line in self:
            left = line.amount_granted - line.amount_spent if line.is_earmarked else 0
            line.amount_dedicated = max(line.currency_id.round(left), 0) if line.currency_id else 0
