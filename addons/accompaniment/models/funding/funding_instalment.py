"""Instalments of a product: what is expected when, and what has come in."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...calculation.funding.cash import Payment

#: Days after the expected one from which an instalment is overdue (grants: loi 2021-875, payment within 60 days).
OVERDUE_DAYS = 60


class FundingInstalment(models.Model):
    _name = "funding.instalment"
    _description = "Instalment"
    _inherit = ["funding.plan.part"]
    _order = "date_expected, id"

    line_id = fields.Many2one(
        "funding.line",
        string="Source",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('plan_id', '=', plan_id), ('side', '=', 'product')]",
        check_company=True,
    )
    plan_id = fields.Many2one(compute="_compute_plan_id", store=True, readonly=False, precompute=True)
    kind = fields.Selection(
        [("advance", "Advance"), ("payment", "Payment"), ("balance", "Balance"), ("refund", "To give back")],
        required=True,
        default="payment",
    )
    date_expected = fields.Date(string="Expected on", required=True)
    amount = fields.Monetary(required=True)
    date_received = fields.Date(string="Received on")
    amount_received = fields.Monetary(
        string="Amount received",
        compute="_compute_amount_received",
        store=True,
        readonly=False,
        precompute=True,
        help="The whole instalment where a day is given; correct it if only a part came in.",
    )
    payment_id = fields.Many2one(
        "account.payment",
        string="Payment in the books",
        domain=[("payment_type", "=", "inbound"), ("state", "in", ("in_process", "paid"))],
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Where the books are kept here: it says when the money came, and how much.",
    )
    amount_left = fields.Monetary(string="Still to come", compute="_compute_amount_left", store=True, precompute=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue", string="Overdue")

    _positive = models.Constraint(
        "CHECK (amount > 0 AND amount_received >= 0)",
        "An instalment is above 0: what is to be given back is of that kind.",
    )
    _received = models.Constraint(
        "CHECK (amount_received = 0 OR date_received IS NOT NULL)", "Say on which day it was received."
    )

    @api.depends("line_id")
    def _compute_plan_id(self):
        for instalment in self:
            instalment.plan_id = instalment.line_id.plan_id or instalment.plan_id

    @api.model_create_multi
    def create(self, vals_list):
        # Named from the start, so that the plan's figures, which are stored, see the instalment.
        lines = self.env["funding.line"].browse([vals["line_id"] for vals in vals_list if vals.get("line_id")])
        plan_of = {line.id: line.plan_id.id for line in lines}
        return super().create([{"plan_id": plan_of.get(vals.get("line_id")), **vals} for vals in vals_list])

    @api.onchange("payment_id")
    def _onchange_payment_id(self):
        if self.payment_id:
            self.date_received = self.payment_id.date
            self.amount_received = min(self.payment_id.amount, self.amount)

    @api.depends("date_received")
    def _compute_amount_received(self):
        for instalment in self:
            received = instalment.amount_received or instalment.amount
            instalment.amount_received = received if instalment.date_received else 0

    @api.depends("amount", "amount_received")
    def _compute_amount_left(self):
        for instalment in self:
            instalment.amount_left = max(instalment.amount - instalment.amount_received, 0)

    @api.depends("date_expected", "amount_left", "kind")
    def _compute_is_overdue(self):
        """A part that is still to come is overdue; what the organisation itself has to give back is not awaited."""
        last = self._get_last_day()
        for instalment in self:
            awaited = instalment.kind != "refund" and instalment.amount_left > 0
            instalment.is_overdue = awaited and bool(instalment.date_expected) and instalment.date_expected < last

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("amount_left", ">", 0) & Domain("kind", "!=", "refund")
        overdue &= Domain("date_expected", "<", self._get_last_day())
        return overdue if True in value else ~overdue

    def _get_last_day(self):
        """Return the day before which what was expected is overdue."""
        return fields.Date.context_today(self) - relativedelta(days=OVERDUE_DAYS)

    @api.constrains("line_id", "plan_id", "amount", "kind")
    def _check_within_grant(self):
        self.line_id._check_instalments()
        for instalment in self:
            if instalment.plan_id != instalment.line_id.plan_id:
                raise ValidationError(self.env._("An instalment belongs to the plan of its source."))

    def _get_payments(self):
        """Return the :class:`cash.Payment` of what came in, and of what is still to come, of these instalments."""
        payments = []
        for instalment in self:
            sign = -1 if instalment.kind == "refund" else 1
            key = ("line", instalment.line_id.id)
            if instalment.date_received and instalment.amount_received:
                payments.append(Payment(key, instalment.date_received, sign * instalment.amount_received))
            if instalment.amount_left and instalment.date_expected:
                payments.append(Payment(key, instalment.date_expected, sign * instalment.amount_left))
        return payments
