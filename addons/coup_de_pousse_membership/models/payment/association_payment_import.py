"""Files of payments: read, looked through by the treasurer, then booked line by line or as one sum."""

import logging
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import split_every

from ...calculation.payment.payment_columns import find_header, table_score
from ..common.batch import TRANSIENT_ERRORS, explain, run_as
from .booking import Booker
from .proposals import find_proposals, store_proposals
from .statement_reader import PAYMENT_FILE_SENTENCES, StatementReader, forget_movements, refuse_other_account

_logger = logging.getLogger(__name__)

#: What changes how the file is understood: another reading is then needed.
FILE_FIELDS = {"file", "header_line", "journal_id"}
#: A longer file is read in the background.
BACKGROUND_ROWS = 1000
#: Lines read, or proposals stored, between two commits.
BATCH = 250
#: Lines of one run of the job at least: each run reads the file, and matches all lines, anew.
LEAST_IN_A_RUN = 500


class AssociationPaymentImport(models.Model):
    """A file of payments received, from a bank or from a collecting site such as HelloAsso.

    Reading it books nothing. What is confirmed becomes Odoo's own statement lines, matched with the
    calls; what nobody recognises waits on the bank's suspense account.

    A long file is read in the background: batch by batch, each in a transaction of its own. What is read
    stands in the lines: a server that is killed goes on after the last of them, and so does who has stopped
    the reading. Nothing can be confirmed before the whole file is read, and its lines are matched together.
    """

    _name = "association.payment.import"
    _inherit = ["association.file.import"]
    _description = "Import of Payments"
    _takes_bank_files = True

    file_format = fields.Char(string="Format", readonly=True, copy=False)
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank account",
        required=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', company_id)]",
        check_company=True,
        default=lambda self: self.env.company._get_bank_journal(),
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    grouping = fields.Selection(
        [
            ("each", "Each payment by itself: a bank's statement"),
            ("single", "One sum for all these payments: a payout of HelloAsso…"),
        ],
        string="The bank credits",
        required=True,
        default="each",
        help="With one sum, everything is booked at once, as the single line that the bank shows. That line "
        "is recognised when the bank's statement is imported in its turn.",
    )
    payout_date = fields.Date(string="Credited on", help="Day of the single sum; empty: of the last payment.")
    state = fields.Selection(
        [
            ("draft", "File"),
            ("reading", "Being read"),
            ("previewed", "To confirm"),
            ("running", "Being booked"),
            ("done", "Done"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    with_debits = fields.Boolean(
        string="Book the debits too",
        help="They then wait on the bank's suspense account, like any line of a statement; else they are only shown.",
    )
    # Not the last writer, who is whoever flushes.
    user_id = fields.Many2one("res.users", string="Confirmed by", readonly=True, copy=False)
    row_count = fields.Integer(readonly=True, copy=False, help="Lines of the file below the headers.")
    column_ids = fields.One2many("association.payment.import.column", "import_id", copy=False)
    line_ids = fields.One2many("association.payment.import.line", "import_id", copy=False)
    certain_count = fields.Integer(compute="_compute_counts", string="Certain")
    probable_count = fields.Integer(compute="_compute_counts", string="Probable")
    possible_count = fields.Integer(compute="_compute_counts", string="Possible")
    unknown_count = fields.Integer(compute="_compute_counts", string="Unknown")
    done_count = fields.Integer(compute="_compute_counts", string="Matched")
    suspense_count = fields.Integer(compute="_compute_counts", string="To identify")
    known_count = fields.Integer(compute="_compute_counts", string="Already booked")
    debit_count = fields.Integer(compute="_compute_counts", string="Debits")
    refused_count = fields.Integer(compute="_compute_counts", string="Not read")
    skipped_count = fields.Integer(compute="_compute_counts", string="Left out")
    todo_count = fields.Integer(compute="_compute_counts", string="To confirm")
    done_amount = fields.Monetary(compute="_compute_counts", string="Amount matched")
    todo_amount = fields.Monetary(compute="_compute_counts", string="Amount to confirm")
    progress = fields.Float(compute="_compute_progress", string="Progress (%)")
    progress_text = fields.Char(compute="_compute_progress", string="Progress")

    @api.depends("journal_id", "company_id")
    def _compute_currency_id(self):
        for record in self:
            record.currency_id = record.journal_id.currency_id or record.company_id.currency_id

    @api.depends("line_ids.state", "line_ids.certainty")
    def _compute_counts(self):
        groups = self.env["association.payment.import.line"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "state", "certainty"], ["__count", "amount:sum"]
        )
        for record in self:
            counts, amounts = Counter(), Counter()
            for other, state, certainty, count, amount in groups:
                if other == record:
                    counts.update({state: count, (state, certainty): count})
                    amounts[state] += amount
            for certainty in ("certain", "probable", "possible"):
                record[f"{certainty}_count"] = counts["todo", certainty]
            record.unknown_count = counts["todo", "none"]
            for state in ("todo", "done", "suspense", "known", "debit", "refused", "skipped"):
                record[f"{state}_count"] = counts[state]
            record.done_amount = amounts["done"]
            record.todo_amount = amounts["todo"]

    @api.depends("state", "line_ids.state", "line_ids.reason", "row_count")
    def _compute_progress(self):
        groups = self.env["association.payment.import.line"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "state"], ["__count", "reason:count"]
        )
        counts = {(record, state): (count, explained) for record, state, count, explained in groups}
        for record in self:
            if record.state == "reading":
                read = sum(count for (other, _state), (count, _explained) in counts.items() if other == record)
                todo, matched = counts.get((record, "todo"), (0, 0))
                record.progress = 50.0 * read / (record.row_count or 1) + 50.0 * matched / (todo or 1)
                record.progress_text = record._reading_sentence(read, todo, matched)
            else:
                done, queued = (counts.get((record, state), (0, 0))[0] for state in ("done", "queued"))
                record.progress = 100.0 * done / (done + queued or 1)
                record.progress_text = self.env._(
                    "%(done)s of %(total)s payments booked and matched", done=done, total=done + queued
                )

    def _reading_sentence(self, read, todo, matched):
        if not read:
            return self.env._("Waiting for its turn…")
        if not matched:
            return self.env._("%(done)s of %(total)s lines read", done=read, total=self.row_count)
        return self.env._("Calls looked for: %(done)s of %(total)s payments", done=matched, total=todo)

    def write(self, vals):
        """Options that change make the reading worthless: it is taken back, unless something is booked."""
        if FILE_FIELDS & set(vals):
            self._check_nothing_booked()
            self.column_ids.unlink()
            self.line_ids.unlink()
            vals = {name: value for name, value in vals.items() if name not in ("line_ids", "column_ids")}
            self._write_facts({"state": "draft", "notice": False})
        elif {"grouping", "payout_date"} & set(vals):
            self._check_nothing_booked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        self._check_nothing_booked()

    def _check_nothing_booked(self):
        reading = self.filtered(lambda record: record.state == "reading")
        if reading:
            raise UserError(
                self.env._(
                    "“%(file)s” is being read at this moment. Wait until it is done, or press “Stop”.",
                    file=reading[0].filename or "",
                )
            )
        booked = self.line_ids.filtered(lambda line: line.state == "queued" or line.sudo().statement_line_id)
        if booked:
            raise UserError(
                self.env._(
                    "Lines of “%(file)s” are booked: it stays as a record of them. Undo a line by itself, or import "
                    "the other file apart.",
                    file=booked[0].import_id.filename or "",
                )
            )

    # ---- what the treasurer does ----

    def action_preview(self):
        """Read the file, and propose which calls each line pays."""
        self.ensure_one()
        self._check_nothing_booked()
        self._lock()
        if self.state != "draft":
            self.line_ids.unlink()
        table = self._read_file()
        if self._understand_columns(table):
            self._read_lines(table)

    def action_propose(self):
        """Look for the calls anew, for the lines that are neither booked nor decided by hand."""
        self.ensure_one()
        self.check_access("write")
        self._lock()
        self.line_ids.filtered(lambda line: line.state == "todo" and line.certainty != "chosen")._propose()

    def action_confirm_certain(self):
        """Book the lines whose reference (or e-mail) and amount are exact."""
        self.ensure_one()
        self.check_access("write")
        self._check_confirmable()
        lines = self.line_ids.filtered(lambda line: line.state == "todo" and line.certainty in ("certain", "chosen"))
        if not lines:
            raise UserError(
                self.env._("No line is certain. Select lines in the list, look at the proposals, then press “Confirm”.")
            )
        return lines._confirm()

    def action_book_rest(self):
        """Book what is left: with one sum everything; else as money whose payer is to be found."""
        self.ensure_one()
        self._lock()
        self._check_read()
        rest = self.line_ids.filtered(lambda line: line.state == "todo")
        if self.with_debits and self.grouping == "each":
            rest += self.line_ids.filtered(lambda line: line.state == "debit" and not line.statement_line_id)
        if not rest:
            raise UserError(self.env._("Nothing is left to book."))
        rest._check_access_to_book()
        if self.grouping == "single":
            day = self.payout_date or max(rest.mapped("date"))
            label = self.env._("Payout of %(count)s payments: %(file)s", count=len(rest), file=self.filename or "")
            Booker(rest).book_as_one(day, label)
        else:
            Booker(rest).book_in_suspense()
        self._settle_state()

    def action_stop(self):
        """Stop reading or booking: what is done stays, and the button that began it goes on."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "reading":
            notice = self.env._(
                "The reading was stopped (%(progress)s). Press “Read the file” to go on.", progress=self.progress_text
            )
            self._write_facts({"state": "draft", "notice": notice})
        elif self.state == "running":
            self.line_ids.filtered(lambda line: line.state == "queued")._write_proposal({"state": "todo"})
            self._settle_state()
        else:
            raise UserError(self.env._("Nothing is being done with this file: there is nothing to stop."))

    def action_view_lines(self):
        """Open the lines, filtered by what the context names."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_payment_import_line"
        )
        name = self.env.context.get("association_line_filter")
        context = {"group_by": "certainty"} if not name else {f"search_default_{name}": 1}
        return {**action, "domain": [("import_id", "=", self.id)], "context": context}

    # ---- the file, and what may be done with it ----

    def _check_read(self):
        """Refuse to book what is read in part: the rest may pay the same calls with more certainty."""
        if any(record.state in ("draft", "reading") for record in self):
            raise UserError(self.env._("This file is not read to its end: press “Read the file” first."))

    def _check_confirmable(self):
        self._check_read()
        if "single" in self.mapped("grouping"):
            raise UserError(
                self.env._("The bank credits one sum for all these payments: correct the lines, then book all at once.")
            )

    def _lock(self):
        """Keep the file from being read or booked twice at the same time."""
        self.check_access("write")
        try:
            self.sudo().lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("These payments are being booked at this very moment. Wait a minute, then open them again.")
            ) from error

    def _settle_state(self):
        """Say whether something is left to confirm."""
        Line = self.env["association.payment.import.line"]
        groups = Line._read_group([("import_id", "in", self.ids)], ["import_id"], ["state:array_agg"])
        states = {record: set(found) for record, found in groups}
        for record in self:
            found = states.get(record, set())
            state = "running" if "queued" in found else "previewed" if "todo" in found or not found else "done"
            if record.state != state:
                record._write_facts({"state": state})

    def _read_file(self):
        """Return the :class:`Table` of the file.

        :raise UserError: with a sentence, if it cannot be read.
        """
        if not self.file:
            raise UserError(self.env._("Choose the bank's file first (OFX, CAMT, QIF, CFONB, CSV or XLSX)."))
        refuse_other_account(self.journal_id, (table := self._read_table(find_header, table_score)).sheet)
        return table

    @api.model
    def _file_sentence(self, error):
        # A lazy sentence takes its values afterwards.
        return self.env._(PAYMENT_FILE_SENTENCES[error.code]) % error.values  # pylint: disable=translation-not-lazy

    # ---- reading: now, or a long file in the background ----

    def _understand_columns(self, table):
        """Find what each column is, unless the user has corrected it; return whether lines can be read."""
        self._write_facts({"file_description": self._describe(table), "file_format": table.sheet.get_format()})
        if not self.column_ids:
            self.column_ids._recognise(self, table)
        self.column_ids._check_targets()
        if not (missing := self.column_ids._get_missing_targets()):
            self._write_facts({"notice": False})
            return True
        self.line_ids.unlink()
        labels = self.column_ids._get_labels()
        notice = self.env._(
            "No column was recognised as: %(missing)s. In the tab “Columns”, choose which one it is (or correct “Line "
            "of the headers”), then press “Read the file” again. A bank's statement has a date, a label, and an "
            "amount or a debit and a credit.",
            missing=", ".join(labels[name] for name in missing),
        )
        self._write_facts({"state": "draft", "notice": notice})
        return False

    def _read_lines(self, table):
        """Read the lines now; of a long file, in the background."""
        self._write_facts({"row_count": len(table.rows)})
        if self.row_count > BACKGROUND_ROWS:
            self._write_facts({"state": "reading", "notice": False, "user_id": self.env.uid})
            self.env.ref("coup_de_pousse_membership.cron_read_payments").sudo()._trigger()
        else:
            for _done in self._reading_steps(table):
                pass

    def _reading_steps(self, table=None):
        """Create the lines that are not read yet, then match all; stop for a commit between two batches."""
        Line = self.env["association.payment.import.line"]
        reader = StatementReader(self, table)
        last = max(self.line_ids.mapped("number"), default=0)
        for batch in split_every(BATCH, (movement for movement in reader.movements if movement.line > last)):
            Line._create_with_facts([reader.prepare_line(movement) for movement in batch])
            yield len(batch)
        lines = self.line_ids.filtered(lambda line: line.state == "todo")
        proposals = find_proposals(lines)
        for batch in split_every(BATCH, lines.ids):
            store_proposals(Line.browse(batch), proposals)
            # No line is read: a run that has begun to match goes on to the end, as the next one would begin anew.
            yield 0
        self._settle_state()

    @api.model
    def _cron_read(self):
        """Read the files that wait."""
        for record in self.search([("state", "=", "reading")], order="id"):
            own = run_as(record, record.user_id, record.company_id)
            try:
                if not own._read_until_stopped():
                    return
            except TRANSIENT_ERRORS as error:
                _logger.info("Reading of %s: %s; it goes on later", record, type(error).__name__)
                self.env.cr.rollback()
            except Exception as error:
                self.env.cr.rollback()
                own._write_facts({"state": "draft", "notice": explain(own.env, error, f"Reading of {record}")})
                self.env["ir.cron"]._commit_progress()

    def _read_until_stopped(self):
        """Read one file, as long as nobody stops it; return whether the job has time left."""
        steps, read = None, 0
        while self._hold_for_reading():
            steps = steps or self._reading_steps()
            done = next(steps, 0)
            read += done
            left = self.env["ir.cron"]._commit_progress(done, remaining=int(self.state == "reading"))
            if not left and read >= LEAST_IN_A_RUN:
                return False
        forget_movements()
        return True

    def _hold_for_reading(self):
        """Lock the file for the next batch; return False if it is no longer to be read."""
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError:
            # Somebody is stopping it, or at work on it: the next run goes on.
            return False
        self.invalidate_recordset(["state"])
        return self.state == "reading"
