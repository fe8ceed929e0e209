"""The part of an expense that justifies a grant."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import ValidationError
from odoo.tools import format_amount


class FundingClaim(models.Model):
    _name = "funding.claim"
    _description = "Expense Attributed to a Grant"
    _inherit = ["funding.application.part"]
    _order = "application_id, id"
    _rec_name = "expense_id"

    expense_id = fields.Many2one("funding.expense", required=True, ondelete="restrict", index=True, check_company=True)
    date = fields.Date(related="expense_id.date")
    amount = fields.Monetary(required=True, compute="_compute_amount", store=True, readonly=False, precompute=True)

    _positive = models.Constraint("CHECK (amount > 0)", "The part of an expense is above 0.")
    _once = models.UniqueIndex(
        "(application_id, expense_id)", "This expense is attributed to the grant already: change its part."
    )

    @api.depends("expense_id")
    def _compute_amount(self):
        """What is still free of the expense is proposed."""
        for claim in self:
            claim.amount = claim.amount or max(claim.expense_id.amount_free, 0)

    @api.model_create_multi
    def create(self, vals_list):
        hold(self.env["funding.expense"].browse({vals["expense_id"] for vals in vals_list if vals.get("expense_id")}))
        claims = super().create(vals_list)
        claims._check_each_euro_once()
        return claims

    def write(self, vals):
        hold(self.expense_id)
        result = super().write(vals)
        self._check_each_euro_once()
        return result

    def _check_each_euro_once(self):
        """Raise, ahead of the database, the sentence that names the expense and what is too much."""
        for expense in self.expense_id:
            total = sum(expense.claim_ids.mapped("amount"))
            if expense.currency_id.compare_amounts(total, expense.amount) > 0:
                raise ValidationError(
                    self.env._(
                        "“%(expense)s” was %(amount)s, and %(total)s of it would be justified: no euro is justified "
                        "twice. It is attributed to: %(grants)s. Lower one of the parts.",
                        expense=expense.name,
                        amount=format_amount(self.env, expense.amount, expense.currency_id),
                        total=format_amount(self.env, total, expense.currency_id),
                        grants=", ".join(expense.claim_ids.application_id.mapped("name")),
                    )
                )
