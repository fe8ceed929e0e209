"""The dialog into which lines of a spreadsheet are pasted: all of them, or the list of what to correct."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.calculation.table.values import ValueProblem, read_number
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError

#: Lines that one pasting takes at most.
MOST = 1000
#: Problems that are said at once.
SAID = 10


class FundingPasteWizard(models.TransientModel):
    _name = "funding.paste.wizard"
    _description = "Paste Lines of a Plan"
    _inherit = ["association.dialog"]
    _rec_name = "plan_id"

    plan_id = fields.Many2one("funding.plan", required=True)
    side = fields.Selection([("charge", "Charges"), ("product", "Products")], required=True, default="product")
    done = fields.Boolean()
    line_ids = fields.Many2many("funding.line", readonly=True, help="The lines that were added.")
    text = fields.Text(
        string="Lines of the spreadsheet",
        required=True,
        help="Four columns: line of the Cerfa (74-REG, 641…), label, planned, granted. The last one may be missing.",
    )

    def action_confirm(self):
        """Add the lines to the plan: all of them, or none and what has to be corrected."""
        self.ensure_one()
        self.plan_id.check_access("write")
        hold(self)
        if self.done:
            return True
        self.plan_id._refuse_closed()
        vals_list, problems = self._read_lines()
        if problems or not vals_list:
            self._refuse(problems)
        self.line_ids = self.env["funding.line"].create(vals_list)
        self.done = True
        return True

    def _read_lines(self):
        """Return (values of the lines, what has to be corrected)."""
        accounts = {
            account.code.upper(): account for account in self.env["funding.account"].search([("side", "=", self.side)])
        }
        vals_list, problems = [], []
        rows = [line.rstrip("\r").split("\t") for line in (self.text or "").split("\n")]
        for number, cells in enumerate(rows[:MOST], 1):
            if not any(cell.strip() for cell in cells):
                continue
            try:
                vals_list.append(self._read_line(cells, accounts))
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

    def _read_line(self, cells, accounts):
        """Return the values of one line.

        :raise ValueError: with the sentence that says what is wrong.
        """
        code, name, *amounts = [cell.strip() for cell in [*cells, "", "", ""]]
        account = accounts.get(code.upper().replace(" ", "-"))
        if not account:
            raise ValueError(
                self.env._("“%s” is no line of this side of the form: write its number in the first column.", code)
            )
        planned, granted = (self._read_amount(text) for text in amounts[:2])
        return {
            "plan_id": self.plan_id.id,
            "account_id": account.id,
            "name": name or False,
            "amount_planned": planned,
            "amount_granted": granted,
        }

    def _read_amount(self, text):
        try:
            return float(read_number(text) or 0)
        except ValueProblem as problem:
            raise ValueError(
                self.env._("“%s” is no amount from 0: write digits, with a comma before the cents.", text)
            ) from problem
