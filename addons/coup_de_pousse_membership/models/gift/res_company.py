"""Where gifts stand in the books."""

from odoo import fields, models

#: Account of what volunteers waive, and of the expense that they had: field -> (code, type).
ACCOUNTS = {
    "gift_waived_account_id": ("754120", "income"),
    "gift_expense_account_id": ("625100", "expense"),
}


class ResCompany(models.Model):
    _inherit = "res.company"

    gift_waived_account_id = fields.Many2one("account.account", string="Waived expenses (75412)", check_company=True)
    gift_expense_account_id = fields.Many2one(
        "account.account", string="Expenses of volunteers (6251)", check_company=True
    )

    def _ensure_gift_accounting(self):
        """Give the companies that have a chart of accounts what waived expenses need; add, never change."""
        self._ensure_membership_accounting()
        for company in self.filtered("chart_template"):
            for name, (code, kind) in ACCOUNTS.items():
                if not company[name]:
                    company[name] = company._find_or_create_account(code, kind, name)

    def _membership_account_label(self, name):
        labels = {
            "gift_waived_account_id": self.env._("Expenses waived by volunteers"),
            "gift_expense_account_id": self.env._("Travel and other expenses of volunteers"),
        }
        return labels.get(name) or super()._membership_account_label(name)

    def _get_gift_accounts(self):
        """Return the accounts whose credit is a gift."""
        return self.membership_gift_account_id | self.gift_waived_account_id
