"""What an organisation spent, to be justified to funders: each euro once."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class FundingExpense(models.Model):
    _name = "funding.expense"
    _description = "Expense to Justify"
    _order = "date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Organisation", required=True, ondelete="restrict", index=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char(required=True)
    account_id = fields.Many2one(
        "funding.account", string="Cerfa line", ondelete="restrict", domain=[("side", "=", "charge")]
    )
    amount = fields.Monetary(required=True)
    move_line_id = fields.Many2one(
        "account.move.line",
        string="From the bill",
        readonly=True,
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    analytic_line_id = fields.Many2one(
        "account.analytic.line",
        string="From the analytic item",
        readonly=True,
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    claim_ids = fields.One2many("funding.claim", "expense_id", string="Attributed to")
    amount_claimed = fields.Monetary(
        string="Attributed", compute="_compute_amount_claimed", store=True, precompute=True
    )
    amount_free = fields.Monetary(string="Still free", compute="_compute_amount_claimed", store=True, precompute=True)

    _positive = models.Constraint("CHECK (amount > 0)", "An expense is above 0.")
    _once = models.Constraint(
        "CHECK (amount_claimed <= amount)",
        "No euro is justified twice: the expense is attributed to grants for more than it was. Lower one of the parts.",
    )
    _one_bill = models.UniqueIndex(
        "(move_line_id) WHERE move_line_id IS NOT NULL", "This line of a bill is an expense already."
    )
    _one_analytic_item = models.UniqueIndex(
        "(analytic_line_id) WHERE analytic_line_id IS NOT NULL", "This analytic item is an expense already."
    )

    @api.depends("amount", "claim_ids.amount")
    def _compute_amount_claimed(self):
        for expense in self:
            expense.amount_claimed = sum(expense.claim_ids.mapped("amount"))
            expense.amount_free = expense.amount - expense.amount_claimed

    @api.model
    def _refuse_changed(self, domain):
        """Raise a UserError where something to be changed in the books is an expense to justify.

        :param domain: which expenses stand for what is about to change.
        """
        expense = self.sudo().search(domain, limit=1)
        if expense:
            raise UserError(
                self.env._(
                    "“%s” is an expense that is justified to funders: delete it under “Expenses to justify” first, "
                    "change the books, and take it again.",
                    expense.name,
                )
            )
