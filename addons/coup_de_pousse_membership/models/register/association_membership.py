from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...calculation.register.membership_state import (
    SETTLED,
    Call,
    counts_as_member,
    last_day,
    membership_state,
    payment_status,
)
from ..common.optional_number import OptionalFloat

_OWED = [("payment_state", "!=", "cancelled"), ("withdrawn_on", "=", False)]
#: A membership that was neither refused, nor cancelled, nor withdrawn.
LIVE = [("admission", "!=", "refused"), *_OWED]
#: One of these that was admitted.
ADMITTED = Domain([("admission", "=", "admitted"), *_OWED])


class AssociationMembership(models.Model):
    _name = "association.membership"
    _description = "Membership"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    member_id = fields.Many2one("association.member", required=True, ondelete="restrict", index=True)
    partner_id = fields.Many2one(related="member_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="member_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    territory_id = fields.Many2one(related="partner_id.territory_id", store=True)
    category_id = fields.Many2one(
        "association.category",
        compute="_compute_category_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        help="Category at the time of this membership: later changes do not rewrite history.",
    )
    date_from = fields.Date(string="First day", required=True, tracking=True)
    date_to = fields.Date(string="Last day", required=True, tracking=True)
    previous_id = fields.Many2one("association.membership", string="Renews", copy=False, index="btree_not_null")

    campaign_id = fields.Many2one(
        "association.campaign", ondelete="restrict", copy=False, index="btree_not_null", check_company=True
    )

    # First fact: admission.
    admission = fields.Selection(
        [("applied", "Applied"), ("admitted", "Admitted"), ("refused", "Refused")],
        default="applied",
        required=True,
        tracking=True,
        copy=False,
    )
    applied_on = fields.Date(default=fields.Date.context_today, copy=False)
    admission_decided_on = fields.Date(string="Decided on", tracking=True, copy=False)
    admission_body = fields.Char(string="Decided by", tracking=True, copy=False, help="Body or meeting that decided.")

    # Second fact: what was called and paid.
    grid_id = fields.Many2one("association.fee.grid", index="btree_not_null", ondelete="restrict", check_company=True)
    rule_id = fields.Many2one("association.fee.rule", ondelete="restrict", copy=False)
    basis = fields.Selection(selection="_selection_basis", string="According to", copy=False)
    basis_value = OptionalFloat(string="Figure", digits=(16, 2), copy=False)
    tariff_id = fields.Many2one("association.tariff", ondelete="restrict", copy=False)
    amount = fields.Monetary(string="Fee", tracking=True)
    entry_fee = fields.Monetary(copy=False, tracking=True)
    total = fields.Monetary(compute="_compute_total", store=True, help="Fee and entry fee, before tax.")
    quote_sentence = fields.Char(string="Explanation", copy=False)
    payer_id = fields.Many2one(
        "res.partner",
        string="Paid by",
        compute="_compute_payer_id",
        store=True,
        precompute=True,
        readonly=False,
        help="Who receives the call for the fee: the member itself, or its head office.",
    )
    line_ids = fields.One2many("account.move.line", "membership_id")
    payment_state = fields.Selection(
        [
            ("not_called", "Not called"),
            ("called", "Called"),
            ("partial", "Partly paid"),
            ("paid", "Paid"),
            ("free", "Free"),
            ("cancelled", "Cancelled"),
        ],
        string="Payment",
        compute="_compute_payment_state",
        store=True,
        tracking=True,
    )
    amount_due = fields.Monetary(
        string="Open", compute="_compute_payment_state", store=True, help="Called and not yet paid."
    )

    # Third fact: the end.
    ended_on = fields.Date(
        string="Ended early on",
        tracking=True,
        copy=False,
        help="Last day, where the membership ends before its period.",
    )
    last_day = fields.Date(string="Runs until", compute="_compute_last_day", store=True, precompute=True, index=True)

    # What follows from the three facts and from the date.
    counts = fields.Boolean(string="Gives rights", compute="_compute_counts", store=True, compute_sudo=True)
    state = fields.Selection(
        [
            ("applied", "Applied"),
            ("upcoming", "Upcoming"),
            ("unpaid", "To be paid"),
            ("active", "Up to date"),
            ("expired", "Past"),
            ("cancelled", "Cancelled"),
            ("refused", "Refused"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    next_change_on = fields.Date(compute="_compute_state", store=True, index="btree_not_null")
    invoice_count = fields.Integer(compute="_compute_invoice_count", string="Calls")

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The membership's last day comes before its first day."
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND entry_fee >= 0)", "A fee cannot be negative: write 0 for a free membership."
    )
    _decision_dated = models.Constraint(
        "CHECK (admission = 'applied' OR admission_decided_on IS NOT NULL)",
        "An admission or a refusal carries the day on which it was decided.",
    )
    # Plain PostgreSQL: a range of one id is compared with && where btree_gist would give "=".
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(member_id, member_id, '[]') WITH &&, "
        "int4range(company_id, company_id, '[]') WITH &&, "
        "daterange(date_from, last_day, '[]') WITH &&) "
        "WHERE (admission <> 'refused' AND payment_state <> 'cancelled' AND withdrawn_on IS NULL "
        "AND date_from <= last_day)",
        "This member already has a membership over some of these days: change its dates, or refuse "
        "or cancel one of the two.",
    )

    @api.model
    def _selection_basis(self):
        return self.env["association.fee.rule"]._selection_basis()

    @api.depends("member_id")
    def _compute_category_id(self):
        for membership in self:
            membership.category_id = membership.category_id or membership.member_id.category_id

    @api.depends("member_id")
    def _compute_payer_id(self):
        for membership in self:
            membership.payer_id = membership.payer_id or membership.member_id.partner_id

    @api.depends("amount", "entry_fee")
    def _compute_total(self):
        for membership in self:
            membership.total = membership.amount + membership.entry_fee

    @api.depends("date_to", "ended_on", "member_id.departure_ids.left_on", "date_from")
    def _compute_last_day(self):
        for membership in self:
            if not (membership.date_from and membership.date_to):
                membership.last_day = membership.date_to
                continue
            membership.last_day = last_day(
                membership.date_to,
                membership.ended_on,
                membership.member_id._first_departure_from(membership.date_from),
                membership.date_from,
            )

    @api.depends(
        "total",
        "rule_id",
        "withdrawn_on",
        "settled_elsewhere_on",
        "line_ids.price_total",
        "line_ids.parent_state",
        "line_ids.move_id.move_type",
        "line_ids.move_id.payment_state",
        "line_ids.move_id.amount_residual",
        "line_ids.move_id.amount_total",
    )
    def _compute_payment_state(self):
        for membership in self:
            calls = membership.sudo()._get_calls()
            status = payment_status(
                calls,
                membership._is_free(),
                bool(membership.settled_elsewhere_on),
                withdrawn=bool(membership.withdrawn_on),
            )
            membership.payment_state = status
            membership.amount_due = membership._get_open_amount(calls)

    @api.depends("admission", "payment_state", "withdrawn_on", "category_id.called_counts")
    def _compute_counts(self):
        for membership in self:
            membership.counts = counts_as_member(
                membership.admission,
                membership.payment_state,
                membership.category_id.called_counts,
                bool(membership.withdrawn_on),
            )

    @api.depends("admission", "payment_state", "counts", "date_from", "last_day", "withdrawn_on")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for membership in self:
            if not (membership.date_from and membership.last_day):
                membership.state, membership.next_change_on = membership.admission, False
                continue
            membership.state, membership.next_change_on = membership_state(
                membership.admission,
                membership.payment_state,
                membership.counts,
                membership.date_from,
                membership.last_day,
                today,
                bool(membership.withdrawn_on),
            )

    @api.depends("line_ids")
    def _compute_invoice_count(self):
        for membership in self:
            membership.invoice_count = len(membership.sudo()._get_call_lines().move_id)

    @api.depends("member_id", "date_from", "date_to")
    def _compute_display_name(self):
        for membership in self:
            membership.display_name = " ".join(filter(None, [membership.partner_id.name, membership._period_label()]))

    def _period_label(self):
        """Return the period as people say it: “2026” for a calendar year, else its two days."""
        self.ensure_one()
        start, end = self.date_from, self.date_to
        if not (start and end):
            return ""
        whole_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        if whole_year and start.year == end.year:
            return str(start.year)
        to_text = self.env["ir.qweb.field.date"].value_to_html
        return f"{to_text(start, {})} – {to_text(end, {})}"

    # ---- life of a membership ----

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        grids = memberships.grid_id.sudo()
        for grid in grids.filtered(lambda grid: grid.state == "draft"):
            grid._check_usable()
        grids.filtered(lambda grid: grid.state == "voted").state = "used"
        memberships._set_member_since()
        return memberships

    def write(self, vals):
        res = super().write(vals)
        if "admission" in vals:
            self._set_member_since()
        return res

    def _set_member_since(self):
        """Keep the day of the first joining: the first admission sets it, later ones never move it."""
        admitted = self.filtered(lambda m: m.admission == "admitted")
        first = {}
        for membership in admitted.filtered(lambda m: not m.member_id.since).sorted("date_from"):
            first.setdefault(membership.member_id, membership.date_from)
        for member, day in first.items():
            member.since = day

    @api.ondelete(at_uninstall=False)
    def _unlink_except_called(self):
        called = self.filtered("line_ids")
        if called:
            raise UserError(
                self.env._(
                    "A call for the fee exists for %(names)s: cancel it or make a credit note; the "
                    "register keeps the membership.",
                    names=", ".join(called[:5].mapped("display_name")),
                )
            )

    def _decide_admission(self, decision, decided_on, body):
        """Record the board's decision on applications.

        :param decision: ``admitted`` or ``refused``.
        :param decided_on: date of the decision.
        :param body: body or meeting that decided.
        :raise UserError: if one of them is no longer an application.
        """
        decided = self.filtered(lambda m: m.admission != "applied")
        if decided:
            raise UserError(
                self.env._(
                    "Already decided: %(names)s. Keep only applications in the selection.",
                    names=", ".join(decided[:5].mapped("display_name")),
                )
            )
        self.write(
            {
                "admission": decision,
                "admission_decided_on": decided_on,
                "admission_body": body,
            }
        )

    # ---- invoices ----

    def _get_call_lines(self):
        """Return the product lines of invoices and credit notes that carry these memberships."""
        return self.line_ids.filtered(lambda line: line.display_type == "product" and line.move_id.is_sale_document())

    def _get_calls(self):
        """Return what each invoice or credit note says of this membership."""
        self.ensure_one()
        calls = []
        for move, lines in self._get_call_lines().grouped("move_id").items():
            credited, credited_to_others = self._get_credited(move)
            calls.append(
                Call(
                    refund=move.move_type == "out_refund",
                    status=move.state,
                    payment=move.payment_state,
                    share=sum(lines.mapped("price_total")),
                    total=move.amount_total - credited_to_others,
                    residual=move.amount_residual,
                    credited=credited,
                )
            )
        return calls

    def _get_credited(self, move):
        """Return what the matched credit notes of a call give back for this membership, and for others."""
        own = others = 0.0
        for refund in move.reversal_move_ids.filtered(lambda refund: refund.state == "posted"):
            matched = refund.amount_total - refund.amount_residual
            lines = refund.invoice_line_ids.filtered(lambda line: line.membership_id == self)
            share = sum(lines.mapped("price_total")) / refund.amount_total if refund.amount_total else 0.0
            own += matched * share
            others += matched * (1 - share)
        return own, others

    def _get_open_amount(self, calls):
        """Return what is called and not paid, in proportion on an invoice for several members."""
        self.ensure_one()
        if not calls:
            return 0.0
        opened = 0.0
        for call in calls:
            if call.status != "posted" or not call.total:
                continue
            sign = -1 if call.refund else 1
            settled = call.payment in SETTLED
            residual = 0.0 if settled else call.residual
            net = call.total - call.credited
            opened += sign * residual * (call.share - call.credited) / net if net else 0.0
        return self.currency_id.round(opened)

    def action_view_invoices(self):
        return self._action_view_invoices()

    def _action_view_invoices(self):
        moves = self.sudo()._get_call_lines().move_id
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_invoice_type")
        action = {**action, "domain": [("id", "in", moves.ids)], "context": {"create": False}}
        if len(moves) == 1:
            action.update(views=[(False, "form")], res_id=moves.id)
        return action
