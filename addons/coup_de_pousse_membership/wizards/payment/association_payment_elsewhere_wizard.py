"""Asks what money is that the bank has received, and that pays no fee."""

from odoo import api, fields, models


class AssociationPaymentElsewhereWizard(models.TransientModel):
    _name = "association.payment.elsewhere.wizard"
    _description = "Money That Is No Fee"
    _inherit = ["association.dialog"]
    _check_company_auto = True

    line_ids = fields.Many2many(
        "association.payment.import.line",
        "association_payment_elsewhere_line_rel",
        required=True,
        readonly=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="line_ids.company_id")
    currency_id = fields.Many2one(related="line_ids.currency_id")
    amount = fields.Monetary(compute="_compute_amount", string="Received")
    use = fields.Selection(
        [("gift", "A gift to the association"), ("other", "Something else: a grant, a payout, a sale…")],
        string="It is",
        required=True,
        default="gift",
    )
    account_id = fields.Many2one(
        "account.account",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        domain="[('company_ids', 'parent_of', company_id), "
        "('account_type', 'not in', ('asset_receivable', 'liability_payable', 'asset_cash', 'off_balance'))]",
        help="Where the money stands: gifts, grants, the account of payouts…",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Paid by", compute="_compute_partner_id", store=True, readonly=False
    )

    @api.depends("line_ids")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = sum(wizard.line_ids.mapped("amount"))

    @api.depends("use", "line_ids")
    def _compute_account_id(self):
        for wizard in self:
            account = wizard.company_id.membership_gift_account_id
            wizard.account_id = account if wizard.use == "gift" else (wizard.account_id - account)

    @api.depends("line_ids")
    def _compute_partner_id(self):
        for wizard in self:
            payers = wizard.line_ids.payer_id
            wizard.partner_id = payers if len(payers) == 1 else False

    def action_confirm(self):
        """Book it as chosen."""
        self.ensure_one()
        self.line_ids._book_elsewhere(self.account_id, self.partner_id)
        return {"type": "ir.actions.act_window_close"}
