"""Takes expenses to justify from the association's own bills."""

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
    line_ids = fields.Many2many(
        "account.move.line", string="Lines of bills", compute="_compute_line_ids", store=True, readonly=False
    )

    @api.depends("date_from", "date_to")
    def _compute_line_ids(self):
        """All posted lines of bills of these days that are no expense yet are proposed; some may be taken out."""
        for wizard in self:
            lines = self.env["account.move.line"].search(
                [
                    ("company_id", "=", wizard.company_id.id),
                    ("move_id.move_type", "=", "in_invoice"),
                    ("parent_state", "=", "posted"),
                    ("display_type", "=", "product"),
                    ("balance", ">", 0),
                    ("date", ">=", wizard.date_from),
                    ("date", "<=", wizard.date_to),
                ],
                order="date, id",
            )
            wizard.line_ids = self._leave_out_known(lines)

    def _leave_out_known(self, lines):
        """Return the lines that are no expense yet."""
        return lines - self.env["funding.expense"].sudo().search([("move_line_id", "in", lines.ids)]).move_line_id

    def action_confirm(self):
        """Make one expense of each line: what it cost, without a tax that is given back."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("No line of a bill is chosen: choose other days, or enter the expense by hand."))
        hold(self.line_ids.move_id)
        expenses = self.env["funding.expense"]._create_with_facts(
            [
                {
                    "company_id": self.company_id.id,
                    "partner_id": self.company_id.partner_id.id,
                    "date": line.date,
                    "name": " – ".join(filter(None, [line.partner_id.name, line.name or line.move_id.name])),
                    "amount": line.balance,
                    "move_line_id": line.id,
                }
                for line in self._leave_out_known(self.line_ids)
            ]
        )
        return expenses._get_records_action(name=self.env._("Expenses to justify"))
