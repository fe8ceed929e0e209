"""An expense that a volunteer had for the association and does not ask back."""

from odoo import api, fields, models


class AssociationGiftExpense(models.Model):
    _name = "association.gift.expense"
    _description = "Waived Expense"
    _inherit = ["association.part"]
    _order = "gift_id, date, id"

    gift_id = fields.Many2one("association.gift", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="gift_id.company_id", store=True)
    currency_id = fields.Many2one(related="gift_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char(string="For", required=True, help="Meeting, place, purpose: what the association is shown.")
    rate_id = fields.Many2one("association.kilometre.rate", string="Own vehicle", ondelete="restrict")
    kilometres = fields.Float(digits=(16, 1))
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Kilometres times the rate; typed for tickets, stamps and what else was paid.",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND kilometres >= 0)",
        "An expense is above 0: type its amount, or its kilometres and vehicle.",
    )

    @api.depends("rate_id", "kilometres")
    def _compute_amount(self):
        for expense in self:
            if expense.rate_id and expense.kilometres:
                amount = expense.rate_id.rate * expense.kilometres
                expense.amount = expense.currency_id.round(amount) if expense.currency_id else amount
            else:
                expense.amount = expense.amount

    @api.model_create_multi
    def create(self, vals_list):
        expenses = super().create(vals_list)
        expenses.gift_id._check_draft()
        return expenses

    def write(self, vals):
        self.gift_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        self.gift_id._check_draft()
