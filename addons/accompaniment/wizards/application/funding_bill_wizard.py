"""Takes expenses to justify from the association's own bills, or from what an analytic account spent."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError


class FundingBillWizard(models.TransientModel):
    _name = "funding.bill.wizard"
    _description = "Expenses from the Bills"
    _inherit = ["association.dialog"]

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(months=6),
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        check_company=True,
        help="Empty: the lines of all bills. Chosen: what was spent on this account, its part of bills included.",
    )
    line_ids = fields.Many2many(
        "account.move.line", string="Lines of bills", compute="_compute_line_ids", store=True, readonly=False
    )
    analytic_line_ids = fields.Many2many(
        "account.analytic.line", string="Analytic items", compute="_compute_line_ids", store=True, readonly=False
    )

    @api.depends("date_from", "date_to", "analytic_account_id")
    def _compute_line_ids(self):
        """All that was spent in these days and is no expense yet is proposed; some may be taken out."""
        for wizard in self:
            by_account = bool(wizard.analytic_account_id)
            wizard.line_ids = not by_account and self._leave_out_known(wizard._find_lines())
            wizard.analytic_line_ids = by_account and self._leave_out_known_items(wizard._find_items())

    def _get_days(self):
        """Return the domain of the association and the days."""
        return [
            ("company_id", "=", self.company_id.id),
            ("date", ">=", self.date_from),
            ("date", "<=", self.date_to),
        ]

    def _find_lines(self):
        """Return the lines of posted bills of these days."""
        return self.env["account.move.line"].search(
            [
                *self._get_days(),
                ("move_id.move_type", "=", "in_invoice"),
                ("parent_state", "=", "posted"),
                ("display_type", "=", "product"),
                ("balance", ">", 0),
            ],
            order="date, id",
        )

    def _find_items(self):
        """Return what the analytic account spent in these days."""
        return self.env["account.analytic.line"].search(
            [*self._get_days(), ("auto_account_id", "=", self.analytic_account_id.id), ("amount", "<", 0)],
            order="date, id",
        )

    def _leave_out_known(self, lines):
        """Return the lines of bills of which no part is an expense yet."""
        known = (
            self.env["funding.expense"]
            .sudo()
            .search(["|", ("move_line_id", "in", lines.ids), ("analytic_line_id.move_line_id", "in", lines.ids)])
        )
        return lines - known.move_line_id - known.analytic_line_id.move_line_id

    def _leave_out_known_items(self, items):
        """Return the analytic items that are no expense yet, nor a part of a bill's line that is one."""
        known = (
            self.env["funding.expense"]
            .sudo()
            .search(["|", ("analytic_line_id", "in", items.ids), ("move_line_id", "in", items.move_line_id.ids)])
        )
        return (items - known.analytic_line_id).filtered(lambda item: item.move_line_id not in known.move_line_id)

    def action_confirm(self):
        """Make one expense of each line: what it cost, without a tax that is given back."""
        self.ensure_one()
        if not (self.line_ids or self.analytic_line_ids):
            raise UserError(
                self.env._(
                    "Nothing spent is chosen: choose other days or another account, or enter the expense by hand."
                )
            )
        hold(self.line_ids.move_id | self.analytic_line_ids.move_line_id.move_id)
        hold(self.analytic_line_ids)
        expenses = self.env["funding.expense"]._create_with_facts(
            [
                *(
                    self._prepare_expense(line, line.balance, move_line_id=line.id)
                    for line in self._leave_out_known(self.line_ids)
                ),
                *(
                    self._prepare_expense(item, -item.amount, analytic_line_id=item.id)
                    for item in self._leave_out_known_items(self.analytic_line_ids)
                ),
            ]
        )
        return expenses._get_records_action(name=self.env._("Expenses to justify"))

    def _prepare_expense(self, line, amount, **origin):
        """Return the values of the expense that a line of a bill or an analytic item is."""
        return {
            "company_id": self.company_id.id,
            "partner_id": self.company_id.partner_id.id,
            "date": line.date,
            "name": " – ".join(filter(None, [line.partner_id.name, line.name])) or line.display_name,
            "amount": amount,
            **origin,
        }
