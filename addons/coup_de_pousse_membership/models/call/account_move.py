"""Calls for fees as invoices: issued in bulk, paid in several times, income once they are paid."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr
from odoo.tools.date_utils import add

from ...calculation.common.amounts import decimal, split
from ..common.dated_records import show_day
from ..common.hold import hold
from ..register.settlements import read_settlements
from .income_on_receipt import IncomeOnReceipt
from .invoice_pattern import GIVEN_WHOLE, InvoicePattern, group_by_kind


class AccountMove(models.Model):
    _inherit = "account.move"

    is_membership_call = fields.Boolean(compute="_compute_is_membership_call", string="Call for a fee")
    membership_count = fields.Integer(compute="_compute_is_membership_call", string="Memberships")
    instalment_ids = fields.One2many("association.call.instalment", "move_id", string="Instalments", copy=False)
    settlement_note = fields.Text(compute="_compute_settlement_note", help="What settled it without being a payment.")
    # Copied on purpose, so not a fact that methods alone state: the reversal of such an entry takes back income of
    # the same call.
    fee_call_id = fields.Many2one(
        "account.move",
        string="Income of the call",
        index="btree_not_null",
        help="Call (or credit note) whose payment this entry turns into income.",
        check_company=True,
    )

    @api.depends("line_ids.membership_id", "move_type")
    def _compute_is_membership_call(self):
        for move in self:
            memberships = move.line_ids.membership_id
            move.membership_count = len(memberships)
            move.is_membership_call = bool(memberships) and move.is_sale_document()

    @api.depends("amount_residual")
    def _compute_settlement_note(self):
        self.settlement_note = False
        settlements = read_settlements(self.filtered(lambda move: move.is_membership_call and move.state == "posted"))
        for move in self:
            settled = settlements.get(move._origin.id, ())
            move.settlement_note = move._make_settlement_note(settled) if move.move_type == "out_invoice" else False

    def _make_settlement_note(self, settled):
        """Say which entries settled a call without anybody having paid, and which credit notes name no membership."""
        sentences = []
        lost = [one for one in settled if one.kind == "entry" and one.money < 1]
        if lost:
            amount = float(sum(one.amount * (1 - one.money) for one in lost))
            sentences.append(
                self.env._(
                    "%(entries)s settled %(amount)s of this call without money coming in (a loss, a compensation…): "
                    "nobody has paid it, and no member is up to date because of it.",
                    entries=", ".join(one.label for one in lost),
                    amount=self.currency_id.format(amount),
                )
            )
        unnamed = [one.label for one in settled if one.names_nobody]
        if unnamed:
            sentences.append(
                self.env._(
                    "%(notes)s: no line of this credit note names a membership, so that it lowers all those of the "
                    "call in proportion. Choose the membership on its lines if it concerns one of them only.",
                    notes=", ".join(unnamed),
                )
            )
        return "\n".join(sentences) or False

    @api.depends_context("association_with_payer", "association_in_words")
    def _compute_display_name(self):  # pylint: disable=missing-return
        """Where a call is chosen for a payment, say who owes it and how much."""
        # A compute has nothing to return.
        super()._compute_display_name()
        if self.env.context.get("association_with_payer"):
            for move in self:
                due = move.amount_residual and move.currency_id.format(move.amount_residual)
                told = [move._get_name_in_words(), move.commercial_partner_id.name, due]
                move.display_name = " · ".join(filter(None, told))
        elif self.env.context.get("association_in_words"):
            for move in self:
                move.display_name = move._get_name_in_words()

    def _get_name_in_words(self):
        """Return the number of a call or slip; of a payment entered by hand its day, as its number says nothing."""
        self.ensure_one()
        if self.sudo().origin_payment_id:
            return self.env._("payment of %s", show_day(self.env, self.date))
        return self.name

    def action_view_memberships(self):
        action = self.env["ir.actions.actions"]._for_xml_id("coup_de_pousse_membership.action_association_membership")
        return {**action, "domain": [("id", "in", self.line_ids.membership_id.ids)], "context": {}}

    # ---- income when it is received ----

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted._sync_fee_income(fields.Date.context_today(self))
        return posted

    def button_draft(self):
        res = super().button_draft()
        self._sync_fee_income(fields.Date.context_today(self))
        return res

    def _sync_fee_income(self, day):
        """Post what is missing between the paid part of these documents and their posted income.

        :param day: date of the entries; the first open day after it where it is locked.
        """
        IncomeOnReceipt(self).sync(day)

    # ---- paid in several times ----

    def action_plan_instalments(self):
        """Open the window that splits a call into dated parts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pay in several times"),
            "res_model": "association.instalment.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    def _plan_instalments(self, count, first, months=1):
        """Split what a call has due into equal dated parts, in place of an older plan.

        :param count: number of parts; 1 sets the call back to a single date.
        :param first: day of the first part; the others follow every so many months.
        """
        self.ensure_one()
        self.check_access("read")
        hold(self)
        if not (self.is_membership_call and self.state == "posted" and self.amount_residual > 0):
            raise UserError(self.env._("%s has nothing due that could be paid in several times.", self.name or ""))
        due = Decimal(float_repr(self.amount_residual, self.currency_id.decimal_places))
        call = self.sudo()
        call.instalment_ids.unlink()
        paid = self.currency_id.round(self.amount_total - self.amount_residual)
        parts = split(due, [1] * count, decimal(self.currency_id.rounding))
        vals_list = [
            {"move_id": self.id, "date": add(first, months=months * place), "amount": float(part)}
            for place, part in enumerate(parts)
        ]
        if paid:
            # What is paid already stands as a first part, so that parts sum to the call.
            vals_list.insert(0, {"move_id": self.id, "date": min(first, self.invoice_date), "amount": paid})
        self.env["association.call.instalment"].sudo().create(vals_list)
        call._sync_instalments()

    def _sync_instalments(self):
        """Say which instalments are paid, and set the due date to the first one that is not."""
        planned = self.filtered("instalment_ids")
        settlements = read_settlements(planned)
        for move in planned:
            paid = float(sum(settled.amount * settled.money for settled in settlements[move.id]))
            move.instalment_ids._share_out(paid, move.amount_total - move.amount_residual - paid)
            expected = move.instalment_ids.filtered("open_amount")[:1]
            due = (expected or move.instalment_ids[-1:]).date
            if move.state == "posted" and move.invoice_date_due != due:
                terms = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
                terms.with_context(skip_invoice_sync=True).date_maturity = due
                move.with_context(skip_invoice_sync=True).invoice_date_due = due

    # ---- hundreds of alike calls at once ----

    @api.model
    def _create_posted_in_bulk(self, vals_list):
        """Create and post customer invoices: what ``create`` and ``action_post`` would give.

        :param vals_list: values of the invoices, complete but for what Odoo derives: company, journal,
            partner, currency (the company's), dates, and product lines with quantity and price.
        :return: the posted invoices, in the order of the values.
        """
        self.check_access("create")  # what follows is done as the superuser
        made = {}
        for indices in group_by_kind(self.env, vals_list).values():
            kind = [vals_list[index] for index in indices]
            made.update(zip(indices, self._create_posted_alike(kind), strict=True))
        return self.browse(made[index].id for index in range(len(vals_list)))

    @api.model
    def _create_posted_alike(self, vals_list):
        """Create and post invoices of one kind, the first of which is the pattern of the others."""
        first = self._create_ordinarily(vals_list[:1])
        others = vals_list[1:]
        if not others:
            return first
        pattern = InvoicePattern(first)
        if not pattern.serves(vals_list[0]):
            return first + self._create_ordinarily(others)
        self._count_matchings()
        moves = self.sudo().with_context(**GIVEN_WHOLE).create([pattern.complete(vals) for vals in others])
        # Read at once what posting reads of each record.
        moves.line_ids.fetch(["tax_ids", "tax_tag_ids"])
        moves.partner_id.fetch(["user_ids"])
        moves.action_post()
        moves._log_bulk_creation()
        moves.env.flush_all()  # in this context: what follows of the invoices is not tracked either
        return first + self.browse(moves.ids)

    @api.model
    def _create_ordinarily(self, vals_list):
        moves = self.create(vals_list)
        moves.action_post()
        return moves

    def _get_next_sequence_format(self):
        """Look up once how the entries of a journal, a type and a day are numbered, not for each of them.

        What is kept lies among the last numbers of this transaction that core counts on from, and is
        forgotten with them.
        """
        if not self.env.context.get("association_numbers_alike"):
            return super()._get_next_sequence_format()
        known = self._get_sequence_cache()
        key = (self.journal_id, self.move_type, self.date, bool(self.origin_payment_id))
        if key not in known:
            known[key] = super()._get_next_sequence_format()
        format_string, values = known[key]
        return format_string, dict(values)

    @api.model
    def _count_matchings(self):
        """Let PostgreSQL count the matchings, if nobody ever has.

        It never looks at an empty table by itself, takes it for a big one, and may then need minutes to
        find that no invoice of a batch is paid. A table that is not empty is counted in the background.
        """
        self.env.cr.execute(
            "SELECT 1 FROM pg_class WHERE oid = 'account_partial_reconcile'::regclass AND reltuples < 0"
        )
        if self.env.cr.fetchone():
            self.env.cr.execute("ANALYZE account_partial_reconcile")

    def _log_bulk_creation(self):
        """Say in each chatter, in one go, where the invoice comes from."""
        text = self.env._("Created and posted together with %s other calls for fees.", len(self))
        self._message_log_batch({move.id: text for move in self})
