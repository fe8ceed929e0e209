"""What dialogs have in common into which cells of a spreadsheet are pasted: all of them are added, or none."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.calculation.table.values import ValueProblem, read_number
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError

#: Lines that one pasting takes at most.
MOST = 1000
#: Problems that are said at once.
SAID = 10


class FundingPasteMixin(models.AbstractModel):
    """Base of these dialogs: they say what a line is, in :meth:`_read_line`, and add the lines, in :meth:`_add`."""

    _name = "funding.paste.mixin"
    _description = "Pasting Cells"
    _inherit = ["association.dialog"]

    side = fields.Selection([("charge", "Charges"), ("product", "Products")], required=True, default="charge")
    done = fields.Boolean()
    text = fields.Text(string="Lines of the spreadsheet", required=True)

    def action_confirm(self):
        """Add the lines: all of them, or none and what has to be corrected."""
        self.ensure_one()
        self._check_target()
        hold(self)
        if self.done:
            return True
        vals_list, problems = self._read_lines()
        if problems or not vals_list:
            self._refuse(problems)
        self._add(vals_list)
        self.done = True
        return True

    def _check_target(self):
        """Raise if the user may not add lines there."""

    def _get_accounts(self):
        """Return {code: line of the form} that the lines may name."""
        return {
            account.code.upper(): account for account in self.env["funding.account"].search([("side", "=", self.side)])
        }

    def _read_lines(self):
        """Return (values of the lines, what has to be corrected)."""
        accounts = self._get_accounts()
        vals_list, problems = [], []
        rows = [line.rstrip("\r").split("\t") for line in (self.text or "").split("\n")]
        for number, cells in enumerate(rows[:MOST], 1):
            if not any(cell.strip() for cell in cells):
                continue
            try:
                vals_list.append(self._read_line([cell.strip() for cell in [*cells, "", "", ""]], accounts))
            except ValueError as problem:
                problems.append(self.env._("Line %(number)s: %(problem)s", number=number, problem=problem))
        if len(rows) > MOST:
            problems.append(self.env._("A pasting takes %s lines at most: paste the rest afterwards.", MOST))
        return vals_list, problems

    def _refuse(self, problems):
        """Raise what has to be corrected; nothing was added."""
        said = problems[:SAID] or [self.env._("there is no line here.")]
        if len(problems) > SAID:
            said.append(self.env._("and %s more.", len(problems) - SAID))
        raise UserError(self.env._("Nothing was added:\n%s", "\n".join(said)))

    def _find_account(self, code, accounts):
        account = accounts.get(code.upper().replace(" ", "-"))
        if not account:
            raise ValueError(
                self.env._("“%s” is no line of this side of the form: write its number in the first column.", code)
            )
        return account

    def _read_amount(self, text):
        try:
            return float(read_number(text) or 0)
        except ValueProblem as problem:
            raise ValueError(
                self.env._("“%s” is no amount from 0: write digits, with a comma before the cents.", text)
            ) from problem
