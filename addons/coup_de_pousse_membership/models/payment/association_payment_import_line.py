"""The lines of a bank's file: what they pay is proposed, decided by the treasurer, and booked."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..call.open_calls import OPEN_CALLS
from ..common.batch import TRANSIENT_ERRORS, explain, isolate, run_as
from ..common.notification import notification
from .booking import Booker
from .proposals import find_proposals, store_proposals

_logger = logging.getLogger(__name__)

#: More lines than this are booked in the background.
BACKGROUND_LINES = 300
#: Lines booked between two commits.
BATCH = 200
#: How long the job waits for a row that somebody else is changing, in PostgreSQL's words.
LOCK_TIMEOUT = "3s"


class AssociationPaymentImportLine(models.Model):
    _name = "association.payment.import.line"
    _description = "Line of an Import of Payments"
    _inherit = ["association.part"]
    _order = "import_id, number, id"
    _rec_name = "label"

    import_id = fields.Many2one(
        "association.payment.import", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    import_state = fields.Selection(related="import_id.state", string="State of the import")
    grouping = fields.Selection(related="import_id.grouping")
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    # Stored: the unique index needs it.
    journal_id = fields.Many2one(
        "account.journal", string="Bank account", required=True, readonly=True, check_company=True
    )
    currency_id = fields.Many2one(related="import_id.currency_id")
    number = fields.Integer(string="Line", required=True, readonly=True)
    date = fields.Date(readonly=True)
    label = fields.Char(readonly=True)
    reference = fields.Char(readonly=True)
    payer_name = fields.Char(string="Payer", readonly=True)
    email = fields.Char(string="Payer's email", readonly=True)
    amount = fields.Monetary(readonly=True)
    import_key = fields.Char(readonly=True, help="Tells this line of the bank apart, whatever file it comes in.")
    state = fields.Selection(
        [
            ("todo", "To confirm"),
            ("queued", "Being booked"),
            ("done", "Matched"),
            ("suspense", "To identify"),
            ("known", "Already booked"),
            ("debit", "Debit"),
            ("skipped", "Left out"),
            ("refused", "Not read"),
        ],
        required=True,
        readonly=True,
        default="todo",
        index=True,
    )
    certainty = fields.Selection(
        [
            ("certain", "Certain"),
            ("probable", "Probable"),
            ("possible", "Possible"),
            ("chosen", "Chosen by hand"),
            ("none", "Unknown"),
        ],
        required=True,
        readonly=True,
        default="none",
        help="Certain: exact reference (or e-mail) and amount. Probable: name and amount, or reference and another "
        "amount. Possible: name alone, or an amount that only one call has.",
    )
    reason = fields.Text(string="Explanation", readonly=True)
    part_ids = fields.One2many("association.payment.import.part", "line_id", string="Pays")
    call_ids = fields.Many2many(
        "account.move",
        compute="_compute_call_ids",
        inverse="_inverse_call_ids",
        string="Pays the calls",
        domain=OPEN_CALLS,
        help="Each gets what it has due, in this order, as far as the payment reaches. Open the line for other parts.",
    )
    parts_text = fields.Char(compute="_compute_parts", string="Calls paid")
    parts_amount = fields.Monetary(compute="_compute_parts", string="Given to calls")
    payer_id = fields.Many2one(
        "res.partner",
        string="Paid by",
        ondelete="restrict",
        help="Whose account the surplus is credited to; the first call's payer, if it is empty.",
    )
    surplus = fields.Monetary(
        compute="_compute_parts", help="What is more than the calls: it stays on the payer's account."
    )
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Bank line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    known_line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Booked as",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    counterpart_ids = fields.One2many("account.move.line", "payment_import_line_id", string="Journal items")

    # Never booked twice, from whichever file and by whomever.
    _booked_once = models.UniqueIndex(
        "(journal_id, import_key) WHERE statement_line_id IS NOT NULL",
        "This line of the bank is booked already: read the file again to see it recognised.",
    )
    _booked_says_so = models.Constraint(
        "CHECK (statement_line_id IS NULL OR state IN ('done', 'suspense', 'debit', 'known'))",
        "A line of the bank that is booked is matched, or waits to be identified: it is not booked a second time.",
    )
    _by_import = models.Index("(import_id, state, certainty)")

    @api.depends("part_ids.move_id")
    def _compute_call_ids(self):
        for line in self:
            line.call_ids = line.part_ids.move_id

    def _inverse_call_ids(self):
        """Give the payment to the calls chosen; the part of a call that stays is kept."""
        Part = self.env["association.payment.import.part"]
        for line in self:
            chosen, parts = line.call_ids, line.part_ids
            parts.filtered(lambda part, chosen=chosen: part.move_id not in chosen).unlink()
            parts = parts.exists()
            rest = line.amount - sum(parts.mapped("amount"))
            for move in chosen - parts.move_id:
                amount = line.currency_id.round(min(move.amount_residual, rest))
                if amount <= 0:
                    raise ValidationError(
                        self.env._(
                            "Line %(line)s: nothing is left of this payment for %(call)s. Take another call off first, "
                            "or open the line to change the parts.",
                            line=line.number,
                            call=move.name,
                        )
                    )
                Part.create({"line_id": line.id, "move_id": move.id, "amount": amount})
                rest -= amount

    @api.depends("part_ids.amount", "part_ids.move_id", "amount")
    def _compute_parts(self):
        for line in self:
            parts = line.part_ids
            line.parts_amount = sum(parts.mapped("amount"))
            line.surplus = max(line.amount - line.parts_amount, 0) if parts or line.payer_id else 0
            names = [move._get_name_in_words() or "" for move in parts.move_id[:3]]
            more = len(parts) - len(names)
            line.parts_text = ", ".join(names) + (self.env._(" and %s more", more) if more > 0 else "")

    # ---- what they pay is decided ----

    def _check_parts(self):
        for line in self:
            moves = line.part_ids.move_id.sudo()
            foreign = moves.filtered(lambda move, line=line: move.currency_id != line.currency_id)
            if foreign:
                raise ValidationError(
                    self.env._(
                        "%(call)s is in %(currency)s, and the bank account in %(expected)s: record its payment on the "
                        "call itself, at the bank's rate.",
                        call=foreign[0].name,
                        currency=foreign[0].currency_id.name,
                        expected=line.currency_id.name,
                    )
                )
            if line.currency_id.compare_amounts(line.parts_amount, line.amount) > 0:
                raise ValidationError(
                    self.env._(
                        "Line %(line)s: the parts (%(parts)s) are more than the payment (%(amount)s). Lower one of "
                        "them.",
                        line=line.number,
                        parts=line.currency_id.format(line.parts_amount),
                        amount=line.currency_id.format(line.amount),
                    )
                )

    def write(self, vals):
        """What the treasurer decides replaces the proposal."""
        result = super().write(vals)
        if {"part_ids", "payer_id"} & set(vals):
            self._decide()
        return result

    def _decide(self):
        """Say that a person has chosen what these lines pay."""
        self._check_open()
        self._check_parts()
        self._write_proposal({"certainty": "chosen", "reason": self.env._("Chosen by hand.")})

    def _write_proposal(self, vals):
        """Write what nobody has decided by hand: without what this model's write() makes of it."""
        self.check_access("write")
        # The linter sees the message and takes it for unseen, too.
        return super(AssociationPaymentImportLine, self.sudo()).write(vals)  # pylint: disable=super-method-mismatch,useless-suppression

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        if self.sudo().statement_line_id:
            raise UserError(self.env._("A line that is booked stays. Undo it instead."))

    def _check_open(self):
        closed = self.filtered(lambda line: line.state not in ("todo", "suspense"))
        if closed:
            raise UserError(
                self.env._(
                    "Line %(line)s is “%(state)s”: its calls cannot be changed. Undo it first if it is matched.",
                    line=closed[0].number,
                    state=dict(self._fields["state"]._description_selection(self.env))[closed[0].state],
                )
            )

    # ---- what the treasurer does ----

    def action_confirm(self):
        """Book the selected lines as proposed, or chosen."""
        self._check_access_to_book()
        self.import_id._check_confirmable()
        lines = self.filtered(lambda line: line.state in ("todo", "suspense") and (line.part_ids or line.payer_id))
        if not lines:
            raise UserError(
                self.env._("None of these lines says which call it pays. Open a line, and choose its calls.")
            )
        return lines._confirm()

    def action_match(self):
        """Match a payment that waits to be identified with the calls chosen for it."""
        self._check_access_to_book()
        lines = self.filtered(lambda line: line.state == "suspense" and (line.part_ids or line.payer_id))
        if not lines:
            raise UserError(self.env._("Choose the calls that this payment settles, or who has paid, first."))
        return lines._confirm()

    def action_propose(self):
        """Look for calls anew."""
        self.check_access("write")
        self._check_open()
        self._propose()

    def action_book_elsewhere(self):
        """Open the window that asks what money is, if it is no fee."""
        self._check_access_to_book()
        lines = self.filtered(lambda line: line.state in ("todo", "suspense") and line.amount > 0)
        if not lines:
            raise UserError(self.env._("Only a payment to confirm or to identify can be booked as something else."))
        lines.filtered(lambda line: line.state == "todo").import_id._check_confirmable()
        return self.env["association.payment.elsewhere.wizard"]._get_records_action(
            name=self.env._("No fee"), target="new", context={"default_line_ids": lines.ids}
        )

    def action_undo(self):
        """Take these lines' payments back from their calls: the money waits to be identified."""
        self._check_access_to_book()
        lines = self.filtered(lambda line: line.state == "done")
        if not lines:
            raise UserError(self.env._("Only a line that is matched can be undone."))
        for some in lines.grouped("import_id").values():
            Booker(some).undo()
        lines.import_id._settle_state()

    def action_skip(self):
        """Leave lines out, or take them back: they are nothing for this software to book."""
        self.check_access("write")
        if not (lines := self.filtered(lambda line: line.state in ("todo", "skipped") and line.amount > 0)):
            raise UserError(self.env._("Only lines to confirm can be left out."))
        if waiting := lines.filtered(lambda line: line.state == "todo"):
            waiting._write_facts({"state": "skipped"})
        else:
            lines._write_facts({"state": "todo"})
            lines.filtered(lambda line: line.certainty == "none")._propose()
        self.import_id._settle_state()

    def action_clear(self):
        """Forget the proposal."""
        self.check_access("write")
        self._check_open()
        self.part_ids.unlink()
        self._write_proposal({"payer_id": False, "certainty": "none", "reason": self.env._("Cleared by hand.")})

    def _propose(self):
        """Replace the proposals of these lines; a number of queries that does not depend on how many."""
        self.check_access("write")
        lines = self.filtered(lambda line: line.state in ("todo", "suspense"))
        for some in lines.grouped(lambda line: (line.company_id, line.currency_id)).values():
            store_proposals(some, find_proposals(some))

    # ---- booking: now, or a long list in the background ----

    def _check_access_to_book(self):
        """Raise unless the user may write these lines: the entries are then made with all rights."""
        self.check_access("write")
        self.import_id.check_access("write")

    def _get_payer(self):
        """Return whose account the payment is credited to."""
        return (self.payer_id or self.part_ids[:1].move_id.commercial_partner_id).commercial_partner_id

    def _confirm(self):
        """Book these lines now; a long list, in the background."""
        self._check_access_to_book()
        imports = self.import_id
        for record in imports:
            record._lock()
        fresh = self.filtered(lambda line: line.state == "todo")
        if len(self) > BACKGROUND_LINES and fresh:
            fresh._write_proposal({"state": "queued"})
            imports._write_facts({"user_id": self.env.uid})
            imports._settle_state()
            self.env.ref("coup_de_pousse_membership.cron_book_payments").sudo()._trigger()
            return None
        refused = self._book()
        imports._settle_state()
        return self._notify_booked(refused)

    def _notify_booked(self, refused):
        done = self.filtered(lambda line: line.state == "done")
        message = self.env._("%(count)s payments booked and matched.", count=len(done))
        if refused:
            message += " " + self.env._(
                "%(count)s were left: their calls have been paid meanwhile.", count=len(refused)
            )
        return notification(message, "warning" if refused else "success")

    def _book(self):
        """Book these lines; return those that could not be: what they pay has been paid since, or a part of it."""
        self._check_access_to_book()
        return self.browse().union(*(Booker(lines).book() for lines in self.grouped("import_id").values()))

    def _book_elsewhere(self, account, partner):
        """Book money that is no fee on another account than the members'."""
        self._check_access_to_book()
        for lines in self.grouped("import_id").values():
            lines.import_id._lock()
            Booker(lines).book_elsewhere(account, partner)
        self.import_id._settle_state()

    def _book_apart(self):
        """Book lines together; where that fails, those that cannot be booked say why, the others are booked."""
        isolate(self.env, self, lambda lines: lines._book(), lambda line, error: line._explain_refusal(error))

    def _explain_refusal(self, error):
        reason = explain(self.env, error, f"Booking of {self}")
        reason = self.env._("It could not be booked: %(reason)s", reason=reason)
        self._write_proposal({"state": "todo", "certainty": "none", "reason": reason})

    @api.model
    def _cron_book(self):
        """Book what waits, in batches that are committed one by one.

        What queues stands in the lines: a server that is killed loses the batch at work only, which is booked
        when it runs again. A file that somebody else is at work on waits for the next run, as it is.
        """
        busy = self.env["association.payment.import"]
        while record := self._get_next_to_book(busy):
            batch = self.search(
                [("state", "=", "queued"), ("import_id", "=", record.id)], limit=BATCH, order="number, id"
            )
            try:
                batch._book_in_background()
                left = self.search_count([("state", "=", "queued")])
                if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                    return
            except TRANSIENT_ERRORS as error:
                _logger.info("Booking of %s: %s; it is tried again later", record, type(error).__name__)
                self.env.cr.rollback()
                busy |= record
        # Nothing more to do by now: the scheduler comes again in a minute.
        self.env["ir.cron"]._commit_progress(0, remaining=0)

    @api.model
    def _get_next_to_book(self, busy):
        """Return the first file whose lines wait to be booked, those that are busy aside."""
        waiting = self.search([("state", "=", "queued"), ("import_id", "not in", busy.ids)], order="import_id", limit=1)
        return waiting.import_id

    def _book_in_background(self):
        """Book lines of one file as who confirmed them; a transient error says that somebody is at work on it."""
        record = self.import_id
        self.env.cr.execute(SQL("SET LOCAL lock_timeout = %s", LOCK_TIMEOUT))
        record.lock_for_update()
        own = run_as(self, record.user_id or record.create_uid, record.company_id)
        own._book_apart()
        own.import_id._settle_state()
