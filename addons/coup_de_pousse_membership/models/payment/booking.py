"""Booking: lines of the bank become Odoo's statement lines, matched with calls in one go.

Each line is one entry: the bank's account, one counterpart for each open item that it pays, and what
is too much on the payer's account. It is created whole, in batch, instead of waiting in suspense and
being rewritten; then everything is matched in one reconciliation plan. The entries are those that
Odoo makes by itself, a test compares them.
"""

from dataclasses import dataclass
from datetime import timedelta

from odoo.fields import Command

from ...calculation.common.oldest_first import settle
from .open_items import get_open_journal_items
from .statement_reader import PAYOUT_DAYS, get_keys, names_collector

#: What the values given make superfluous. Amounts are in the currency of the calls: no exchange.
SUPERFLUOUS = {
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
    "skip_account_move_synchronization": True,
    "no_exchange_difference": True,
    "association_numbers_alike": True,
}


@dataclass(frozen=True)
class LineSettlement:
    """What one line of the bank settles.

    :param shares: ``[(open journal item, amount)]``.
    :param surplus: what is left of the line, for its payer's account.
    """

    line: object
    shares: list
    surplus: float


class Booker:
    """Books lines of one file.

    What is written on the lines is written as their user; the entries are made with all rights.
    """

    def __init__(self, lines):
        self.lines = lines
        self.company = lines.company_id
        self.currency = lines.currency_id
        # Else Odoo looks for one for each item.
        self.no_analytic = not lines.env["account.analytic.distribution.model"].sudo().search_count([], limit=1)
        context = dict(SUPERFLUOUS)
        # A restrictive audit trail wants every change followed.
        if not self.company.restrictive_audit_trail:
            context["tracking_disable"] = True
        self.privileged = lines.sudo().with_company(self.company).with_context(**context)

    # ---- what is asked of it ----

    def book(self):
        """Book the lines, each as a line of the bank, and match them with their calls.

        :return: the lines that could not be: what they pay has been paid since, in whole or in part.
        """
        lines = self._leave_out_booked()
        settlements, refused = self._plan(lines)
        waiting = [settlement for settlement in settlements if settlement.line.statement_line_id]
        self._create_statement_lines([settlement for settlement in settlements if settlement not in waiting])
        for settlement in waiting:
            self._replace_suspense(settlement)
        self._reconcile(settlements)
        self._pick(settlements)._write_proposal({"state": "done"})
        self._refuse(refused)
        return refused

    def book_as_one(self, day, label):
        """Book the lines as the single sum that the bank shows.

        The part of the sum whose payer is to be found waits in suspense. Where the bank's own line of that sum
        waits there already, they take its place.
        """
        lines = self._leave_out_booked()
        if not lines:
            return
        settlements, refused = self._plan(lines)
        items = [vals for settlement in settlements for vals in self._prepare_counterparts(settlement)]
        total, waiting = (self.currency.round(sum(some.mapped("amount"))) for some in (lines, refused))
        if bank_line := self._find_waiting_payout(total, day):
            statement_line = self._take_place_of(bank_line, items, total - waiting)
        else:
            statement_line = self._create_one(day, label, total, items, waiting)
        (lines - refused)._write_proposal({"statement_line_id": statement_line.id, "state": "done"})
        refused._write_proposal({"statement_line_id": statement_line.id, "state": "suspense"})
        self._reconcile(settlements)

    def book_in_suspense(self):
        """Book lines whose payer is to be found: they wait on the bank's suspense account."""
        debits = self.lines.filtered(lambda line: line.state == "debit")
        lines = (self._leave_out_booked() | debits).filtered(lambda line: not line.statement_line_id)
        account = lines.journal_id.sudo().suspense_account_id
        created = self._create_balanced(
            [
                self._prepare_statement_line(
                    line, [self._prepare_item(line, account, -line.amount, line.payer_id, of_line=False)]
                )
                for line in self._privilege(lines)
            ]
        )
        for line, statement_line in zip(self._privilege(lines), created, strict=True):
            vals = {"statement_line_id": statement_line.id}
            if line.state != "debit":
                vals["state"] = "suspense"
            line._write_proposal(vals)

    def book_elsewhere(self, account, partner):
        """Book lines on an account that is no member's, whether they wait in suspense or are not booked yet.

        :param partner: whom it comes from, if that is known.
        """
        lines = self._leave_out_booked()
        waiting = lines.filtered("statement_line_id")
        lines.part_ids.unlink()
        lines._write_proposal({"payer_id": partner.id, "certainty": "chosen"})
        items = {line: self._prepare_item(line, account, -line.amount, partner) for line in self._privilege(lines)}
        fresh = self._privilege(lines - waiting)
        created = self._create_balanced([self._prepare_statement_line(line, [items[line]]) for line in fresh])
        for line, statement_line in zip(fresh, created, strict=True):
            line._write_proposal({"statement_line_id": statement_line.id, "state": "done"})
        for line in self._privilege(waiting):
            self._rewrite_items(line, [Command.create(items[line])], line.amount)
        reason = lines.env._("No fee: booked on %(account)s.", account=account.display_name)
        lines._write_proposal({"state": "done", "reason": reason})

    def undo(self):
        """Take the payments back from their calls: the money waits to be identified."""
        for line in self.privileged:
            items = line.counterpart_ids
            items.remove_move_reconcile()
            self._rewrite_items(line, [Command.delete(item.id) for item in items], -line.amount)
        self.lines.env.invalidate_all()
        reason = self.lines.env._("Undone by hand.")
        self.lines._write_proposal({"state": "suspense", "certainty": "none", "reason": reason})

    # ---- what is booked, and what is not ----

    def _privilege(self, lines):
        return lines.with_env(self.privileged.env)

    def _pick(self, settlements):
        return self.lines.browse([settlement.line.id for settlement in settlements])

    def _leave_out_booked(self):
        """Return the lines without those that somebody has booked meanwhile, from this file or another."""
        fresh = self.lines.filtered(lambda line: line.state in ("todo", "queued"))
        keys = get_keys(fresh)
        known = self._find_booked(fresh.journal_id, list(keys.values()))
        left = self.lines.filtered(lambda line: line.state == "suspense")
        for line in fresh:
            if keys.get(line, line.import_key) != line.import_key:
                line._write_proposal({"import_key": keys[line]})
            if statement_line := known.get(keys.get(line)):
                reason = line.env._("Booked already: it is not booked again.")
                line._write_proposal({"state": "known", "known_line_id": statement_line.id, "reason": reason})
            else:
                left |= line
        return left

    def _find_booked(self, journal, keys):
        """Return {key: statement line} of the lines that are booked already, keys of an earlier version included."""
        booked = self.lines.sudo().search_fetch(
            [
                ("journal_id", "in", journal.ids),
                ("statement_line_id", "!=", False),
                *("|", ("import_key", "in", keys), ("import_key", "=like", "id:%")),
            ],
            ["import_key", "date", "amount", "payer_name", "label", "statement_line_id"],
            order="id",
        )
        return {key: line.statement_line_id for line, key in get_keys(booked).items()}

    def _plan(self, lines):
        """Return ``(settlements, lines that cannot be booked as they say)``."""
        open_items = get_open_journal_items(lines.part_ids.move_id)
        left = {item: item.amount_residual_currency for items in open_items.values() for item in items}
        settlements, refused = [], lines.browse()
        for line in lines:
            shares = []
            for part in line.part_ids:
                shares += settle(part.amount, open_items[part.move_id.sudo()], left, self.currency.round)[0]
            given = sum(amount for _item, amount in shares)
            wanted = sum(line.part_ids.mapped("amount"))
            if self.currency.compare_amounts(given, wanted) or not (shares or line.payer_id):
                for item, amount in shares:
                    left[item] += amount
                refused |= line
            else:
                settlements.append(LineSettlement(line, shares, self.currency.round(line.amount - given)))
        return settlements, refused

    def _refuse(self, lines):
        if not lines:
            return
        reason = lines.env._(
            "What it should pay has been paid or cancelled since: nothing was booked. Look for calls anew."
        )
        waiting = lines.filtered("statement_line_id")
        for state, some in (("todo", lines - waiting), ("suspense", waiting)):
            some._write_proposal({"state": state, "certainty": "none", "reason": reason})

    # ---- entries ----

    def _create_statement_lines(self, settlements):
        """Create one statement line for each settlement, in one batch."""
        lines = self._pick(settlements)
        created = self._create_balanced(
            [
                self._prepare_statement_line(line, self._prepare_counterparts(settlement))
                for line, settlement in zip(self._privilege(lines), settlements, strict=True)
            ]
        )
        for line, statement_line in zip(self._privilege(lines), created, strict=True):
            line._write_proposal({"statement_line_id": statement_line.id, "state": "done"})

    def _create_balanced(self, vals_list):
        """Create statement lines; their balance is checked together, not each time that Odoo touches one."""
        env, made = self.privileged.env, {}
        if not vals_list:
            return env["account.bank.statement.line"]
        with env["account.move"]._check_balanced(made):
            created = env["account.bank.statement.line"].create(vals_list)
            made["records"] = created.move_id
        return created

    def _create_one(self, day, label, amount, items, waiting):
        """Create one statement line for several lines.

        :param items: values of the counterparts.
        :param waiting: the part of the amount whose payer is to be found.
        """
        line, nobody = self.privileged[:1], self.privileged.env["res.partner"]
        own = [self._prepare_item(line, line.journal_id.default_account_id, amount, nobody, of_line=False)]
        if waiting:
            own.append(self._prepare_item(line, line.journal_id.suspense_account_id, -waiting, nobody, of_line=False))
        for vals in own:
            vals["name"] = label
        return self.privileged.env["account.bank.statement.line"].create(
            {
                "journal_id": line.journal_id.id,
                "date": day,
                "payment_ref": label,
                "amount": amount,
                "line_ids": [Command.create(vals) for vals in (*own, *items)],
            }
        )

    def _find_waiting_payout(self, amount, day):
        """Return the line of the bank's file that waits in suspense, and is the single sum of these lines."""
        candidates = self.lines.search(
            [
                ("journal_id", "in", self.lines.journal_id.ids),
                ("state", "=", "suspense"),
                ("grouping", "=", "each"),
                ("date", ">=", day - timedelta(days=PAYOUT_DAYS)),
                ("date", "<=", day + timedelta(days=PAYOUT_DAYS)),
            ],
            order="date, id",
        )
        return candidates.filtered(
            lambda line: (
                not self.currency.compare_amounts(line.amount, amount)
                and names_collector(f"{line.label} {line.payer_name} {line.reference}")
            )
        )[:1]

    def _take_place_of(self, bank_line, items, amount):
        """Put counterparts in the place of as much of a line that waits in suspense."""
        bank_line.import_id._lock()
        commands = [Command.create(vals) for vals in items]
        self._rewrite_items(self._privilege(bank_line), commands, amount)
        statement_line = bank_line.statement_line_id
        reason = bank_line.env._("The payout of the payments in “%(file)s”.", file=self.lines.import_id.filename or "")
        bank_line._write_proposal({"state": "known", "known_line_id": statement_line.id, "reason": reason})
        bank_line.import_id._settle_state()
        return statement_line

    def _prepare_statement_line(self, line, counterparts):
        """Return the values of the statement line, with its journal items."""
        partner = line._get_payer()
        account = line.journal_id.default_account_id
        items = [self._prepare_item(line, account, line.amount, partner, of_line=False), *counterparts]
        return {
            "journal_id": line.journal_id.id,
            "date": line.date,
            "payment_ref": line.label or line.payer_name or "",
            "partner_id": partner.id,
            "partner_name": line.payer_name or False,
            "amount": line.amount,
            "line_ids": [Command.create(vals) for vals in items],
        }

    def _prepare_counterparts(self, settlement):
        """Return the values of the counterparts: what each open item gets, then the surplus."""
        line = self._privilege(settlement.line)
        vals_list = [
            self._prepare_item(line, item.account_id, -amount, item.partner_id) for item, amount in settlement.shares
        ]
        if settlement.surplus:
            payer = line._get_payer()
            account = payer.with_company(self.company).property_account_receivable_id
            vals_list.append(self._prepare_item(line, account, -settlement.surplus, payer))
        return vals_list

    def _prepare_item(self, line, account, amount, partner, of_line=True):
        """Return the values of one journal item.

        :param amount: signed, in the journal's currency.
        :param of_line: whether undoing this line removes it.
        """
        balance = amount
        if self.currency != self.company.currency_id:
            balance = self.currency._convert(amount, self.company.currency_id, self.company, line.date)
        vals = {"analytic_distribution": False} if self.no_analytic else {}
        return {
            **vals,
            "name": line.label or line.payer_name or "",
            "account_id": account.id,
            "partner_id": partner.id,
            "currency_id": self.currency.id,
            "amount_currency": amount,
            "balance": balance,
            "payment_import_line_id": line.id if of_line else False,
        }

    def _reconcile(self, settlements):
        """Match all counterparts with their open items in one plan."""
        settlements = [settlement for settlement in settlements if settlement.shares]
        if not settlements:
            return
        lines = self._privilege(self._pick(settlements))
        lines.invalidate_recordset(["counterpart_ids"])
        plan = []
        for line, settlement in zip(lines, settlements, strict=True):
            counterparts = line.counterpart_ids.filtered(lambda item: not item.reconciled).sorted("id")
            for (item, _amount), counterpart in zip(settlement.shares, counterparts, strict=False):
                plan.append(item.with_env(lines.env) | counterpart)
        Item = lines.env["account.move.line"]
        moves = Item.union(*plan).move_id
        # Memberships read the credit notes of their calls one by one, unless they are known.
        moves.mapped("reversal_move_ids")
        # Without any tax, none becomes due on payment: Odoo looks for some in each entry.
        context = {"no_cash_basis": not moves.line_ids.tax_ids}
        if self.currency != self.company.currency_id:
            context["no_exchange_difference"] = False
        Item = Item.with_context(**context)
        Item._reconcile_plan(plan)
        Item.env.flush_all()  # in this context: a thousand memberships paid are not a thousand messages

    # ---- suspense ----

    def _replace_suspense(self, settlement):
        """Put counterparts in the place of as much on the suspense account."""
        line = self._privilege(settlement.line)
        commands = [Command.create(vals) for vals in self._prepare_counterparts(settlement)]
        self._rewrite_items(line, commands, line.amount)

    def _rewrite_items(self, line, commands, amount):
        """Write an entry's items, and move its suspense item by an amount (positive: it lowers).

        The bank's own item never changes.
        """
        statement_line = line.statement_line_id
        _liquidity, suspense, _other = statement_line._seek_for_lines()
        rest = self.currency.round(sum(suspense.mapped("amount_currency")) + amount)
        commands = [*commands, *(Command.delete(item.id) for item in suspense)]
        if not self.currency.is_zero(rest):
            account = line.journal_id.suspense_account_id
            vals = self._prepare_item(line, account, rest, statement_line.partner_id, of_line=False)
            commands.append(Command.create(vals))
        partner = line._get_payer()
        statement_line.move_id.with_context(force_delete=True, skip_readonly_check=True).write({"line_ids": commands})
        if line.grouping == "each" and partner and statement_line.partner_id != partner:
            statement_line.partner_id = partner
