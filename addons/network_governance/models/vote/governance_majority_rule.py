"""Majorities that the statutes know, to be chosen for each vote."""

from odoo import api, fields, models


class GovernanceMajorityRule(models.Model):
    _name = "governance.majority.rule"
    _description = "Majority Rule"
    _inherit = ["governance.majority.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: common to all associations here.")
    article = fields.Char(string="Article of the statutes")
    words = fields.Char(compute="_compute_words", string="What is needed")

    @api.depends("base", "numerator", "denominator", "over", "by_college")
    @api.depends_context("lang")
    def _compute_words(self):
        for rule in self:
            rule.words = rule._describe_rule() if rule.denominator else False
