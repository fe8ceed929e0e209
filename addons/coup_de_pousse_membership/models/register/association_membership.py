"""A membership: one member, one period, and three facts (admission, payment, end) that its state follows from."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...calculation.register.membership_state import (
    amounts,
    counts_as_member,
    last_day,
    membership_state,
    payment_status,
)
from ..common.dated_records import show_day
from ..common.record_sheet import make_sheet
from .call_facts import calls_of

#: A membership that was neither refused, nor cancelled, nor withdrawn: no other may run over its days.
LIVE = [("admission", "!=", "refused"), ("payment_state", "!=", "cancelled"), ("withdrawn_on", "=", False)]
LIVE_IN_SQL = " AND ".join(f"{name} IS NULL" if value is False else f"{name} <> '{value}'" for name, _op, value in LIVE)
#: One of these that was admitted.
ADMITTED = Domain([("admission", "=", "admitted"), *LIVE[1:]])


class AssociationMembership(models.Model):
    _name = "association.membership"
    _description = "Membership"
    _inherit = ["association.part", "association.dated", "mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _dated_by = "member_id"

    member_id = fields.Many2one(
        "association.member", required=True, ondelete="restrict", index=True, check_company=True
    )
    partner_id = fields.Many2one(related="member_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="member_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    territory_id = fields.Many2one(related="partner_id.territory_id", store=True)
    city = fields.Char(related="partner_id.city")
    category_id = fields.Many2one(
        "association.category",
        compute="_compute_category_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        help="Category at the time of this membership: later changes do not rewrite history.",
        check_company=True,
    )
    date_from = fields.Date(string="First day", required=True, tracking=True)
    date_to = fields.Date(string="Last day", required=True, tracking=True)
    previous_id = fields.Many2one(
        "association.membership", string="Renews", copy=False, index="btree_not_null", check_company=True
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
    amount = fields.Monetary(string="Fee", tracking=True)
    entry_fee = fields.Monetary(copy=False, tracking=True)
    total = fields.Monetary(compute="_compute_total", store=True, help="Fee and entry fee, before tax.")
    payer_id = fields.Many2one(
        "res.partner",
        string="Paid by",
        compute="_compute_payer_id",
        store=True,
        precompute=True,
        readonly=False,
        help="Who receives the call for the fee: the member itself, or its head office.",
    )
    settled_elsewhere_on = fields.Date(
        string="Settled elsewhere on",
        readonly=True,
        copy=False,
        help="The fee was settled before this system was used: it is in no account here. Imported; where "
        "the list gave no day, the last day of the period.",
    )
    open_elsewhere = fields.Monetary(
        string="Owed when imported",
        readonly=True,
        copy=False,
        help="What was still owed of the fee when the membership was imported. A call for it asks for this amount.",
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
    amount_paid = fields.Monetary(string="Received", compute="_compute_payment_state", store=True)
    written_off = fields.Monetary(
        string="Settled without money",
        compute="_compute_payment_state",
        store=True,
        help="Settled by a loss or by another entry: nobody has paid it, and nothing of it is open any more.",
    )

    # Third fact: the end.
    ended_on = fields.Date(
        string="Ended early on",
        tracking=True,
        copy=False,
        help="Last day, where the membership ends before its period.",
    )
    withdrawn_on = fields.Date(
        string="Given up on",
        readonly=True,
        tracking=True,
        copy=False,
        index="btree_not_null",
        help="Day on which the membership was given up before it ran, or the application withdrawn. It "
        "gives no rights and leaves room for another; what was called stays owed until a credit note.",
    )
    departure_id = fields.Many2one(
        "association.member.departure",
        string="Given up by departure",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
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

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND entry_fee >= 0)", "A fee cannot be negative: write 0 for a free membership."
    )
    _decision_dated = models.Constraint(
        "CHECK (admission = 'applied' OR admission_decided_on IS NOT NULL)",
        "An admission or a refusal carries the day on which it was decided.",
    )
    _open_elsewhere_not_negative = models.Constraint(
        "CHECK (open_elsewhere >= 0)", "What was owed when a membership was imported cannot be negative."
    )
    _settled_or_open = models.Constraint(
        "CHECK (settled_elsewhere_on IS NULL OR open_elsewhere IS NULL OR open_elsewhere = 0)",
        "A fee that was settled before has nothing left to be owed.",
    )
    # Plain PostgreSQL: a range of one id is compared with && where btree_gist would give "=".
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(member_id, member_id, '[]') WITH &&, "
        "int4range(company_id, company_id, '[]') WITH &&, "
        "daterange(date_from, last_day, '[]') WITH &&) "
        f"WHERE ({LIVE_IN_SQL} AND date_from <= last_day)",
        "This member already has a membership over some of these days: change its dates, or refuse "
        "or cancel one of the two.",
    )

    @api.constrains("withdrawn_on")
    def _check_withdrawn_on(self):
        today = fields.Date.context_today(self)
        for membership in self:
            if membership.withdrawn_on and membership.withdrawn_on > today:
                raise ValidationError(
                    self.env._(
                        "%(membership)s: it cannot be given up on a day to come (%(day)s).",
                        membership=membership.display_name,
                        day=show_day(self.env, membership.withdrawn_on),
                    )
                )

    # ---- what follows from the facts ----

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
        calls_by_membership = calls_of(self.sudo())
        for membership in self:
            calls = calls_by_membership.get(membership, ())
            elsewhere, withdrawn = bool(membership.settled_elsewhere_on), bool(membership.withdrawn_on)
            status = payment_status(calls, membership._is_free(), elsewhere, withdrawn=withdrawn)
            opened, paid, lost = map(membership.currency_id.round, amounts(calls)) if calls else (0.0, 0.0, 0.0)
            membership.payment_state, membership.amount_due, membership.written_off = status, opened, lost
            membership.amount_paid = paid or (status == "paid" and membership.total)  # settled elsewhere

    def _is_free(self):
        """Return whether nothing is owed, so that nothing is to be called; a grid can say so."""
        return False

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

    # ---- from the application to the decision ----

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        memberships._set_member_since()
        return memberships

    def write(self, vals):
        res = super().write(vals)
        if "admission" in vals:
            self._set_member_since()
        return res

    def _set_member_since(self):
        """Keep the day of the first joining, never before the application: later ones never move it."""
        admitted = self.filtered(lambda m: m.admission == "admitted")
        first = {}
        for membership in admitted.filtered(lambda m: not m.member_id.since).sorted("date_from"):
            start = membership.date_from
            applied = min(membership.applied_on or start, membership.admission_decided_on)
            first.setdefault(membership.member_id, max(start, applied) if applied <= membership.date_to else start)
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
        """Record that a body admits or refuses applications; none of them may be decided already."""
        decided = self.filtered(lambda m: m.admission != "applied")
        if decided:
            raise UserError(
                self.env._(
                    "Already decided: %(names)s. Keep only applications in the selection.",
                    names=", ".join(decided[:5].mapped("display_name")),
                )
            )
        self.write({"admission": decision, "admission_decided_on": decided_on, "admission_body": body})

    def action_export_applications(self):
        """Download the selected applications with their decisions, one sheet per category."""
        self.check_access("read")
        columns = self._get_board_columns()
        sheets = [
            make_sheet(applications, category.name or self.env._("Without category"), columns)
            for category, applications in self._group_for_board()
        ]
        return self.env["association.spreadsheet"]._download(self.env._("Applications"), sheets)

    def _group_for_board(self):
        """Return [(category, its applications by name)], in the order of the categories."""
        groups = self.sorted(lambda m: m.partner_id._get_sorting_name()).grouped("category_id")
        order = self.env["association.category"].search([("id", "in", self.category_id.ids)])
        return [(category, groups[category]) for category in (*order, order.browse()) if category in groups]

    def _get_board_columns(self):
        """Return what the board reads of an application, as :func:`make_sheet` wants it."""
        return [
            ("partner_id", 40, "text"),
            ("city", 20, "text"),
            ("territory_id", 24, "text"),
            ("applied_on", 14, "date"),
            ("amount", 12, "money"),
            ("admission", 14, "text"),
            ("admission_decided_on", 14, "date"),
            ("admission_body", 30, "text"),
        ]

    # ---- calls for the fee ----

    def _get_call_lines(self):
        """Return the product lines of invoices and credit notes that carry these memberships."""
        return self.line_ids.filtered(lambda line: line.display_type == "product" and line.move_id.is_sale_document())

    def action_view_invoices(self):
        """Open the invoices and credit notes of these memberships."""
        moves = self.sudo()._get_call_lines().move_id
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_invoice_type")
        action.update(domain=[("id", "in", moves.ids)], context={"create": False})
        if len(moves) == 1:
            action.update(views=[(False, "form")], res_id=moves.id)
        return action
