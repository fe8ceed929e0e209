"""Instalments of a product: what is expected when, and what has come in."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount

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
    amount_received = fields.Monetary(string="Amount received")
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

    @api.depends("date_expected", "date_received")
    def _compute_is_overdue(self):
        last = self._get_last_day()
        for instalment in self:
            instalment.is_overdue = (
                not instalment.date_received and bool(instalment.date_expected) and instalment.date_expected < last
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = ["&", ("date_received", "=", False), ("date_expected", "<", self._get_last_day())]
        return overdue if True in value else ["!", *overdue]

    def _get_last_day(self):
        """Return the day before which what was expected is overdue."""
        return fields.Date.context_today(self) - relativedelta(days=OVERDUE_DAYS)

    @api.constrains("line_id", "plan_id", "amount", "kind")
    def _check_within_grant(self):
        """Instalments do not come to more than what is granted, or planned where nothing is granted yet."""
        for line in self.line_id:
            parts = line.instalment_ids.filtered(lambda one: one.kind != "refund")
            whole = line.amount_granted or line.amount_planned
            total = sum(parts.mapped("amount"))
            if line.currency_id.compare_amounts(total, whole) > 0:
                raise ValidationError(
                    self.env._(
                        "The instalments of “%(line)s” come to %(total)s, more than the %(whole)s of the grant: correct "
                        "one of them, or the grant.",
                        line=line.display_name,
                        total=format_amount(self.env, total, line.currency_id),
                        whole=format_amount(self.env, whole, line.currency_id),
                    )
                )
        for instalment in self:
            if instalment.plan_id != instalment.line_id.plan_id:
                raise ValidationError(self.env._("An instalment belongs to the plan of its source."))

    def _get_payment(self):
        """Return the :class:`cash.Payment`: as received, else as expected."""
        self.ensure_one()
        sign = -1 if self.kind == "refund" else 1
        day = self.date_received or self.date_expected
        return Payment(("line", self.line_id.id), day, sign * (self.amount_received or self.amount))
