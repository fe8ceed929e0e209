"""Asks what becomes of what members have paid too much: a gift, or a repayment."""

from odoo import api, fields, models


class AssociationSurplusWizard(models.TransientModel):
    _name = "association.surplus.wizard"
    _description = "What Becomes of a Surplus"
    _inherit = ["association.dialog"]
    _check_company_auto = True

    line_ids = fields.Many2many("account.move.line", required=True, readonly=True)
    company_id = fields.Many2one(related="line_ids.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    payers = fields.Char(compute="_compute_payers", string="Paid by")
    amount = fields.Monetary(compute="_compute_payers", string="Paid too much")
    line_count = fields.Integer(compute="_compute_payers", string="Number of payments")
    part = fields.Monetary(
        compute="_compute_part",
        store=True,
        readonly=False,
        string="Amount given",
        help="A part of a single surplus; the rest stays on the payer's account.",
    )
    use = fields.Selection(
        [("gift", "A gift to the association"), ("repayment", "Paid back from the bank account")],
        string="It is",
        required=True,
        default="gift",
    )
    date = fields.Date(string="On", required=True, default=fields.Date.context_today)
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank account",
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
        default=lambda self: self.env.company._get_bank_journal(),
        check_company=True,
    )

    @api.depends("line_ids")
    def _compute_payers(self):
        for wizard in self:
            wizard.payers = ", ".join(wizard.line_ids.partner_id.mapped("name"))
            wizard.amount = sum(wizard.line_ids.mapped("surplus_left"))
            wizard.line_count = len(wizard.line_ids)

    @api.depends("line_ids")
    def _compute_part(self):
        for wizard in self:
            wizard.part = sum(wizard.line_ids.mapped("surplus_left"))

    def action_confirm(self):
        """Settle the surplus as chosen."""
        self.ensure_one()
        part = self.part if self.line_count == 1 else None
        if self.use == "gift":
            self.line_ids._turn_into_gift(self.date, part)
        else:
            self.line_ids._pay_back(self.date, self.journal_id, part)
        return {"type": "ir.actions.act_window_close"}
