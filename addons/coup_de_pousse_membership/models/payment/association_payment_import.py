from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ...calculation.payment.payment_columns import find_header, table_score

#: What changes how the file is understood: another reading is then needed.
FILE_FIELDS = {"file", "header_line", "journal_id"}
#: More lines than this are booked in the background.
BACKGROUND_LINES = 300


class AssociationPaymentImport(models.Model):
    """A file of payments received, from a bank or from a collecting site such as HelloAsso.

    Reading it books nothing. What is confirmed becomes Odoo's own statement lines, matched with the
    calls; what nobody recognises waits on the bank's suspense account. Reading stands in
    ``association_payment_import_read.py``, booking in ``association_payment_import_book.py``.
    """

    _name = "association.payment.import"
    _inherit = ["association.file.import"]
    _description = "Import of Payments"

    journal_id = fields.Many2one(
        "account.journal",
        string="Bank account",
        required=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', company_id)]",
        check_company=True,
        default=lambda self: self._default_journal(),
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", string="Currency")
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

    def _default_journal(self):
        return self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        )

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
            own = [group[1:] for group in groups if group[0] == record]

            def count(own=own, states=None, certainty=None):
                return sum(row[2] for row in own if row[0] in states and certainty in (None, row[1]))

            for certainty in ("certain", "probable", "possible"):
                record[f"{certainty}_count"] = count(states=("todo",), certainty=certainty)
            record.unknown_count = count(states=("todo",), certainty="none")
            for state in ("todo", "done", "suspense", "known", "debit", "refused", "skipped"):
                record[f"{state}_count"] = count(states=(state,))
            record.done_amount = sum(row[3] for row in own if row[0] == "done")
            record.todo_amount = sum(row[3] for row in own if row[0] == "todo")

    def write(self, vals):
        """Options that change make the reading worthless: it is taken back, unless something is booked."""
        if FILE_FIELDS & set(vals):
            self._check_nothing_booked()
            self.column_ids.unlink()
            self.line_ids.unlink()
            kept = {name: value for name, value in vals.items() if name not in ("line_ids", "column_ids")}
            vals = {**kept, "state": "draft", "notice": False}
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

    # ----------------------------------------------------------------------------------------------
    # Buttons
    # ----------------------------------------------------------------------------------------------
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
        if self.grouping == "single":
            return self._book_payout()
        rest = self.line_ids.filtered(lambda line: line.state == "todo")
        if self.with_debits:
            rest += self.line_ids.filtered(lambda line: line.state == "debit" and not line.statement_line_id)
        if not rest:
            raise UserError(self.env._("Nothing is left to book."))
        rest._check_access_to_book()
        rest._book_suspense()
        self._settle_state()
        return None

    def action_view_lines(self):
        """Open the lines, filtered by what the context names."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_payment_import_line"
        )
        name = self.env.context.get("line_filter")
        context = {"group_by": "certainty"} if not name else {f"search_default_{name}": 1}
        return {**action, "domain": [("import_id", "=", self.id)], "context": context}

    # ----------------------------------------------------------------------------------------------
    # Private
    # ----------------------------------------------------------------------------------------------
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
                record.state = state

    def _read_file(self):
        """Return the :class:`Table` of the file.

        :raise UserError: with a sentence, if it cannot be read.
        """
        if not self.file:
            raise UserError(self.env._("Choose the bank's file first (CSV or XLSX)."))
        return self._read_table(find_header, table_score)
