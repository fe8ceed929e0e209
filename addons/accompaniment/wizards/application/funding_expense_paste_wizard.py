"""The dialog into which expenses to justify are pasted from a spreadsheet."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.calculation.table.values import ValueProblem, read_date


class FundingExpensePasteWizard(models.TransientModel):
    _name = "funding.expense.paste.wizard"
    _description = "Paste Expenses"
    _inherit = ["funding.paste.mixin"]
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Organisation", required=True)
    text = fields.Text(help="Four columns: day, label, amount, line of the Cerfa (641…). The last one may be missing.")

    def _add(self, vals_list):
        self.env["funding.expense"].create(vals_list)

    def _read_line(self, cells, accounts):
        """Return the values of one expense.

        :raise ValueError: with the sentence that says what is wrong.
        """
        day, name, amount, code = cells[:4]
        if not name:
            raise ValueError(self.env._("it has no label: write what was bought in the second column."))
        value = self._read_amount(amount)
        if not value:
            raise ValueError(self.env._("“%s” is no amount above 0.", amount))
        return {
            "partner_id": self.partner_id.id,
            "date": self._read_day(day),
            "name": name,
            "amount": value,
            "account_id": self._find_account(code, accounts).id if code else False,
        }

    def _read_day(self, text):
        try:
            day = read_date(text, fields.Date.context_today(self))
        except ValueProblem as problem:
            raise ValueError(self.env._("“%s” is not a date. Write it as 31/12/2024.", text)) from problem
        if not day:
            raise ValueError(self.env._("it has no day: write it in the first column."))
        return day
