"""How a file of payments is understood: from rows to lines, each recognised if it is booked already."""

import re
from collections import defaultdict
from datetime import timedelta
from functools import cached_property

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...calculation.payment.payer_names import name_words
from ...calculation.payment.payment_lines import read_movements, renew_keys
from ...calculation.table.headers import fold
from ..table.sentences import FILE_SENTENCES, LINE_SENTENCES

_lt = LazyTranslate(__name__)

#: Days between a payout announced and the bank's line.
PAYOUT_DAYS = 10

#: Who pays out in one sum what it has collected.
COLLECTORS = frozenset("hello helloasso assoconnect stripe sumup yapla mollie gocardless zettle payplug lyra".split())

#: What differs from a list of members.
PAYMENT_FILE_SENTENCES = {
    **FILE_SENTENCES,
    "empty": _lt("The file is empty. Choose a file with one line of headers, and one line for each payment."),
    "no_lines": _lt(
        "The file has headers on line %(line)s, and nothing below. Choose a file with one line for each payment."
    ),
}
PAYMENT_LINE_SENTENCES = {
    **LINE_SENTENCES,
    "no_date": _lt("it has no date. A line of totals or of balance may be left so: it is not a payment."),
    "no_amount": _lt("it has no amount. Correct it in the file, or leave it so if it is not a payment."),
    "zero": _lt("its amount is 0: there is nothing to book."),
    "both": _lt("it has a debit and a credit. Correct it in the file: a line has one of the two."),
    "cents": _lt("“%(value)s” has more than two decimals. Is it the right column?"),
    "currency": _lt(
        "it is in %(value)s, and the bank account in %(expected)s. Record it by hand, at the rate that the bank "
        "applied, or choose the bank account kept in %(value)s."
    ),
}


#: What the scheduler reads at the moment, for its next run: a long file is read once, not again for each run.
_BEING_READ = {}


def refuse_other_account(journal, sheet):
    """Refuse the statement of another account than a journal's, where both are known.

    :param sheet: the :class:`FileSheet` that was read.
    :raise UserError: with the last figures of both accounts.
    """
    told = re.sub(r"\W", "", sheet.name).upper() if sheet.kind == "bank" else ""
    own = (journal.sudo().bank_account_id.sanitized_acc_number or "").upper()
    if told and own and told not in own and own not in told:
        raise UserError(
            journal.env._(
                "This is the statement of the account that ends in %(told)s, and “%(journal)s” is the account that "
                "ends in %(own)s. Choose the journal of that account, or the right file.",
                told=told[-4:],
                journal=journal.name,
                own=own[-4:],
            )
        )


def get_movements(record, table=None):
    """Return the movements of an import's file; those of a long file stay in memory until it is forgotten.

    :param table: the file, where it is read already.
    """
    attachment = record.env["ir.attachment"].sudo()
    stored = attachment.search(
        [("res_model", "=", record._name), ("res_field", "=", "file"), ("res_id", "=", record.id)], limit=1
    )
    columns = tuple((column.index, column.header, column.target) for column in record.column_ids)
    today = fields.Date.context_today(record)
    key = (record.env.cr.dbname, record.id, stored.checksum, record.header_line, columns, today)
    if key not in _BEING_READ:
        rows = (table or record._read_file()).rows
        movements = read_movements(rows, record.column_ids, today, record.currency_id.name)
        if record.state != "reading":
            return movements
        forget_movements()
        _BEING_READ[key] = movements
    return _BEING_READ[key]


def forget_movements():
    """Free the memory of a file that is read to its end, or no longer to be read."""
    _BEING_READ.clear()


class StatementReader:
    """Reads the rows of one import's file."""

    def __init__(self, record, table=None):
        self.record = record
        self.env = record.env
        self.movements = get_movements(record, table)

    # ---- the values of a line ----

    def prepare_line(self, movement):
        """Return the values of the line of a movement."""
        known = self.known.get(movement.line)
        state = {"credit": "todo", "left_out": "skipped", "doubtful": "skipped"}.get(movement.kind, movement.kind)
        if known:
            state = "known"
        # A refused cell leaves no amount that could be summed.
        return {
            "import_id": self.record.id,
            "journal_id": self.record.journal_id.id,
            "number": movement.line,
            "date": movement.date,
            "label": movement.label or movement.reference or movement.payer,
            "reference": movement.reference,
            "payer_name": movement.payer,
            "email": movement.email,
            "amount": float(movement.amount),
            "import_key": movement.key or False,
            "state": state,
            "certainty": "none",
            "reason": self._get_reason(movement, state) or False,
            "known_line_id": known.id if known else False,
        }

    def _get_reason(self, movement, state):
        if state == "known":
            return self.env._("Booked already: it is not booked again.")
        if movement.kind == "doubtful" and movement.status:
            return self.env._(
                "The file says “%(status)s” of it, which is not known to mean that the money has come. Take the line "
                "back if it has.",
                status=movement.status,
            )
        if movement.kind == "doubtful":
            return self.env._(
                "The file gives every payment a state but this one. Take the line back if it was received."
            )
        if state == "skipped":
            return self.env._("The file says that this payment was not received (refused, refunded, pending).")
        if state == "debit":
            return self.env._("Money that went out: nothing to match with the fees.")
        reasons = []
        for code, header, values in movement.problems:
            reason = get_problem_sentence(self.env, code, values)
            if header:
                reason = self.env._("column “%(header)s”: %(reason)s", header=header, reason=reason)
            reasons.append(self.env._("Line %(line)s: %(reason)s", line=movement.line, reason=reason))
        return "\n".join(reasons)

    # ---- what is booked already ----

    @cached_property
    def known(self):
        """{line's number: statement line} of the movements that are booked already."""
        booked = self.env["association.payment.import.line"].search_fetch(
            [("journal_id", "=", self.record.journal_id.id), ("statement_line_id", "!=", False)],
            ["import_key", "date", "amount", "payer_name", "label", "statement_line_id"],
            order="id",
        )
        by_key = {key: line.statement_line_id for line, key in get_keys(booked).items()}
        known, rest = {}, []
        for movement in self.movements:
            if movement.kind in ("left_out", "refused"):
                continue
            if statement_line := by_key.get(movement.key):
                known[movement.line] = statement_line
            elif movement.kind in ("credit", "debit"):
                rest.append(movement)
        known |= self._find_in_other_formats(rest)
        return known | self._find_recorded([movement for movement in rest if movement.line not in known])

    def _find_in_other_formats(self, movements):
        """Return those that a file in another format has told: on the same day, of the same amount, as many times.

        Formats name the same transfer in words and numbers of their own; of several alike, that with the most words
        in common is it.
        """
        if not movements:
            return {}
        told = self.env["association.payment.import.line"].search_fetch(
            [
                ("journal_id", "=", self.record.journal_id.id),
                ("statement_line_id", "!=", False),
                ("date", ">=", min(m.date for m in movements)),
                ("date", "<=", max(m.date for m in movements)),
                ("import_id.grouping", "=", "each"),
                ("import_id.file_format", "not in", (False, self.record.file_format)),
            ],
            ["date", "amount", "label", "reference", "payer_name", "statement_line_id"],
            order="id",
        )
        alike, found = defaultdict(list), {}
        for line in told:
            words = _get_words(line.label, line.payer_name, line.reference)
            alike[line.date, self.record.currency_id.round(line.amount)].append((words, line.statement_line_id))
        for movement in movements:
            if candidates := alike[movement.date, self.record.currency_id.round(float(movement.amount))]:
                words = _get_words(movement.label, movement.payer, movement.reference)
                same = max(range(len(candidates)), key=lambda place: len(words & candidates[place][0]))
                found[movement.line] = candidates.pop(same)[1]
        return found

    def _find_recorded(self, movements):
        """Return those that stand in the journal without a file: typed by hand, or as a payout."""
        if not movements:
            return {}
        recorded, payouts = self._get_candidates(min(m.date for m in movements), max(m.date for m in movements))
        by_amount = defaultdict(list)
        for statement_line in recorded:
            by_amount[statement_line.currency_id.round(statement_line.amount)].append(statement_line)
        found = {}
        for movement in movements:
            candidates = by_amount.get(self.record.currency_id.round(float(movement.amount)), [])
            same = next((line for line in candidates if self._is_recorded(movement, line, line in payouts)), None)
            if same:
                candidates.remove(same)
                found[movement.line] = same
        return found

    def _get_candidates(self, first, last):
        """Return ``(statement lines, those that are payouts)`` that no line of a statement's file has made.

        :param first: day of the first movement.
        :param last: day of the last one.
        """
        margin = timedelta(days=PAYOUT_DAYS)
        mine = self.env["association.payment.import.line"].search_fetch(
            [("journal_id", "=", self.record.journal_id.id), ("statement_line_id.date", ">=", first - margin)],
            ["statement_line_id", "import_id"],
        )
        payouts = mine.filtered(lambda line: line.import_id.grouping == "single").statement_line_id
        recorded = (
            self.env["account.bank.statement.line"]
            .sudo()
            .search(
                [
                    ("journal_id", "=", self.record.journal_id.id),
                    ("date", ">=", first - margin),
                    ("date", "<=", last + margin),
                    ("id", "not in", (mine.statement_line_id - payouts).ids),
                ],
                order="date, id",
            )
        )
        return recorded, payouts

    def _is_recorded(self, movement, statement_line, is_payout):
        """Return whether a movement is a statement line of the same amount."""
        days = abs((movement.date - statement_line.date).days)
        words = _get_words(movement.label, movement.payer, movement.reference)
        if is_payout:
            return self.record.grouping == "each" and days <= PAYOUT_DAYS and names_collector(" ".join(words))
        payer = name_words(statement_line.partner_id.name or "")
        if statement_line.amount < 0 and days <= PAYOUT_DAYS and words & payer:
            # A repayment: the bank writes it on its own day, with its own words.
            return True
        return movement.date == statement_line.date and fold(movement.label) == fold(statement_line.payment_ref or "")


def _get_words(*texts):
    return {word for text in texts for word in fold(text or "").split()}


def get_keys(lines):
    """Return {line: what tells it apart}, in the form in which files are read today."""
    lines = lines.filtered("import_key")
    keys = renew_keys(
        [(line.import_key, line.date, line.amount, line.payer_name or line.label or "") for line in lines]
    )
    return dict(zip(lines, keys, strict=True))


def names_collector(text):
    """Return whether the bank says that a collecting site pays out what it has collected."""
    return bool({*fold(text).split()} & COLLECTORS)


def get_problem_sentence(env, code, values):
    """Return in words what is wrong with a line of a file."""
    if code == "future":
        values = {"value": format_date(env, values["value"])}
    # A lazy sentence takes its values afterwards.
    return env._(PAYMENT_LINE_SENTENCES[code]) % values  # pylint: disable=translation-not-lazy
