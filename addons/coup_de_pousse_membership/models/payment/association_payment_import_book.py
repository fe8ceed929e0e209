"""Booking: lines of the bank become Odoo's statement lines, matched with calls in one go.

Each line is one entry: the bank's account, one counterpart for each open item that it pays, and what
is too much on the payer's account. It is created whole, in batch, instead of waiting in suspense and
being rewritten; then everything is matched in one reconciliation plan. The entries are those that
Odoo makes by itself, a test compares them.
"""

from dataclasses import dataclass, field

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

#: What the values given make superfluous. Amounts are in the currency of the calls: no exchange.
FAST = {
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
    "skip_account_move_synchronization": True,
    "no_exchange_difference": True,
    "association_numbers_alike": True,
}


@dataclass
class Booking:
    """One line's counterparts: ``[(open item, amount)]``, and the surplus."""

    line: object
    pairs: list = field(default_factory=list)
    surplus: float = 0.0


class AssociationPaymentImportLine(models.Model):
    _inherit = "association.payment.import.line"

    def _check_access_to_book(self):
        """Booking is for whoever may write these lines: what follows is done with all rights."""
        self.check_access("write")
        self.import_id.check_access("write")

    def _reconcile_lines(self):
        """Book these lines and match them with their calls.

        :return: the lines that could not be: what they pay has been paid since, in whole or in part.
        """
        self._check_access_to_book()
        refused = self.browse()
        for lines in self.grouped("import_id").values():
            refused |= lines._book_batch()
        return refused

    def _book_batch(self):
        lines = self._without_booked()
        bookings, refused = lines._prepare_bookings()
        fresh = [booking for booking in bookings if not booking.line.statement_line_id]
        waiting = [booking for booking in bookings if booking.line.statement_line_id]
        lines._create_statement_lines(fresh)
        for booking in waiting:
            booking.line._replace_suspense(booking)
        lines._match_bookings(bookings)
        booked = self.browse([booking.line.id for booking in bookings])
        booked._write_proposal({"state": "done"})
        refused._refuse_booking()
        return refused

    def _without_booked(self):
        """Leave out what somebody has booked meanwhile, from this file or another."""
        fresh = self.filtered(lambda line: line.state in ("todo", "queued"))
        booked = self.sudo().search_fetch(
            [
                ("journal_id", "in", fresh.journal_id.ids),
                ("import_key", "in", fresh.mapped("import_key")),
                ("statement_line_id", "!=", False),
            ],
            ["journal_id", "import_key", "statement_line_id"],
        )
        known = {(line.journal_id, line.import_key): line.statement_line_id for line in booked}
        left = self.filtered(lambda line: line.state == "suspense")
        for line in fresh:
            if statement_line := known.get((line.journal_id, line.import_key)):
                reason = self.env._("Booked already: it is not booked again.")
                line._write_proposal({"state": "known", "known_line_id": statement_line.id, "reason": reason})
            else:
                left |= line
        return left

    def _prepare_bookings(self):
        """Return ``(bookings, lines that cannot be booked as they say)``."""
        open_lines = self._get_open_lines(self.part_ids.move_id)
        left = {item: item.amount_residual_currency for items in open_lines.values() for item in items}
        bookings, refused = [], self.browse()
        for line in self:
            booking = Booking(line, surplus=line.amount)
            taken = []
            for part in line.part_ids:
                taken += self._take(part, open_lines[part.move_id.sudo()], left)
            given = sum(amount for _item, amount in taken)
            wanted = sum(line.part_ids.mapped("amount"))
            if line.currency_id.compare_amounts(given, wanted) or not (taken or line.payer_id):
                for item, amount in taken:
                    left[item] += amount
                refused |= line
                continue
            booking.pairs = taken
            booking.surplus = line.currency_id.round(line.amount - given)
            bookings.append(booking)
        return bookings, refused

    def _take(self, part, items, left):
        """Take a part from the open items of its call, the oldest due first."""
        rest, taken = part.amount, []
        for item in items:
            amount = part.currency_id.round(min(rest, left[item]))
            if amount > 0:
                taken.append((item, amount))
                left[item] -= amount
                rest = part.currency_id.round(rest - amount)
        return taken

    def _refuse_booking(self):
        if self:
            reason = self.env._(
                "What it should pay has been paid or cancelled since: nothing was booked. Look for calls anew."
            )
            for state in ("todo", "suspense"):
                lines = self.filtered(lambda line, state=state: bool(line.statement_line_id) == (state == "suspense"))
                lines._write_proposal({"state": state, "certainty": "none", "reason": reason})

    # ----------------------------------------------------------------------------------------------
    # Entries
    # ----------------------------------------------------------------------------------------------
    def _with_all_rights(self, company):
        """Return the lines as the same user with all rights, on the cheap path where it is allowed."""
        context = dict(FAST)
        # A restrictive audit trail wants every change followed.
        if not company.restrictive_audit_trail:
            context["tracking_disable"] = True
        # Else Odoo looks for one for each item.
        context["no_analytic"] = not self.env["account.analytic.distribution.model"].sudo().search_count([], limit=1)
        return self.sudo().with_company(company).with_context(**context)

    def _create_statement_lines(self, bookings):
        """Create one statement line for each booking, in one batch."""
        if not bookings:
            return
        lines = self.browse([booking.line.id for booking in bookings])
        rich = lines._with_all_rights(lines.company_id)
        vals_list = [
            line._prepare_statement_line(line._prepare_counterparts(booking))
            for line, booking in zip(rich, bookings, strict=True)
        ]
        for line, statement_line in zip(rich, rich._create_balanced(vals_list), strict=True):
            line._write_proposal({"statement_line_id": statement_line.id})

    def _create_balanced(self, vals_list):
        """Create statement lines; their balance is checked together, not each time that Odoo touches one."""
        made = {}
        with self.env["account.move"]._check_balanced(made):
            created = self.env["account.bank.statement.line"].create(vals_list)
            made["records"] = created.move_id
        return created

    def _prepare_statement_line(self, counterparts):
        """Return the values of the statement line, with its journal items."""
        self.ensure_one()
        partner = self._get_payer()
        return {
            "journal_id": self.journal_id.id,
            "date": self.date,
            "payment_ref": self.label or self.payer_name or "",
            "partner_id": partner.id,
            "partner_name": self.payer_name or False,
            "amount": self.amount,
            "line_ids": [
                Command.create(
                    self._prepare_item(self.journal_id.default_account_id, self.amount, partner, of_line=False)
                ),
                *(Command.create(vals) for vals in counterparts),
            ],
        }

    def _get_payer(self):
        return (self.payer_id or self.part_ids[:1].move_id.commercial_partner_id).commercial_partner_id

    def _prepare_counterparts(self, booking):
        """Return the values of the counterparts: what each open item gets, then the surplus."""
        vals_list = [self._prepare_item(item.account_id, -amount, item.partner_id) for item, amount in booking.pairs]
        if booking.surplus:
            payer = self._get_payer()
            account = payer.with_company(self.company_id).property_account_receivable_id
            vals_list.append(self._prepare_item(account, -booking.surplus, payer))
        return vals_list

    def _prepare_item(self, account, amount, partner, of_line=True):
        """Return the values of one journal item.

        :param amount: signed, in the journal's currency.
        :param of_line: whether undoing this line removes it.
        """
        company = self.company_id
        balance = amount
        if self.currency_id != company.currency_id:
            balance = self.currency_id._convert(amount, company.currency_id, company, self.date)
        vals = {"analytic_distribution": False} if self.env.context.get("no_analytic") else {}
        return {
            **vals,
            "name": self.label or self.payer_name or "",
            "account_id": account.id,
            "partner_id": partner.id,
            "currency_id": self.currency_id.id,
            "amount_currency": amount,
            "balance": balance,
            "payment_import_line_id": self.id if of_line else False,
        }

    def _match_bookings(self, bookings):
        """Match all counterparts with their open items in one plan."""
        bookings = [booking for booking in bookings if booking.pairs]
        if not bookings:
            return
        lines = self.browse([booking.line.id for booking in bookings])._with_all_rights(bookings[0].line.company_id)
        lines.invalidate_recordset(["counterpart_ids"])
        plan = []
        for line, booking in zip(lines, bookings, strict=True):
            counterparts = line.counterpart_ids.filtered(lambda item: not item.reconciled).sorted("id")
            for (item, _amount), counterpart in zip(booking.pairs, counterparts, strict=False):
                plan.append(item.with_env(lines.env) | counterpart)
        if lines.currency_id != lines.company_id.currency_id:
            lines = lines.with_context(no_exchange_difference=False)
        moves = lines.env["account.move.line"].union(*plan).move_id
        # Without any tax, none becomes due on payment: Odoo looks for some in each entry.
        lines = lines.with_context(no_cash_basis=not moves.line_ids.tax_ids)
        # Memberships read the credit notes of their calls one by one, unless they are known.
        moves.mapped("reversal_move_ids")
        lines.env["account.move.line"]._reconcile_plan(plan)
        lines.env.flush_all()  # in this context: a thousand memberships paid are not a thousand messages

    # ----------------------------------------------------------------------------------------------
    # Suspense
    # ----------------------------------------------------------------------------------------------
    def _book_suspense(self):
        """Book lines whose payer is to be found: they wait on the bank's suspense account."""
        lines = self._without_booked() if self.filtered(lambda line: line.state == "todo") else self
        debits = self.filtered(lambda line: line.state == "debit")
        lines = (lines | debits).filtered(lambda line: not line.statement_line_id)
        if not lines:
            return
        rich = lines._with_all_rights(lines.company_id)
        account = rich.journal_id.suspense_account_id
        created = rich._create_balanced(
            [
                line._prepare_statement_line([line._prepare_item(account, -line.amount, line.payer_id, of_line=False)])
                for line in rich
            ]
        )
        for line, statement_line in zip(lines, created, strict=True):
            vals = {"statement_line_id": statement_line.id}
            if line.state != "debit":
                vals["state"] = "suspense"
            line._write_proposal(vals)

    def _replace_suspense(self, booking):
        """Put counterparts in the place of as much on the suspense account."""
        self.ensure_one()
        line = self._with_all_rights(self.company_id)
        self._rewrite_items(line, [Command.create(vals) for vals in line._prepare_counterparts(booking)], line.amount)

    def _rewrite_items(self, line, commands, amount):
        """Write an entry's items, and move its suspense item by an amount (positive: it lowers).

        The bank's own item never changes.
        """
        statement_line = line.statement_line_id
        _liquidity, suspense, _other = statement_line._seek_for_lines()
        account = line.journal_id.suspense_account_id
        rest = line.currency_id.round(sum(suspense.mapped("amount_currency")) + amount)
        commands = [*commands, *(Command.delete(item.id) for item in suspense)]
        if not line.currency_id.is_zero(rest):
            vals = line._prepare_item(account, rest, statement_line.partner_id, of_line=False)
            commands.append(Command.create(vals))
        partner = line._get_payer()
        statement_line.move_id.with_context(force_delete=True, skip_readonly_check=True).write({"line_ids": commands})
        if line.grouping == "each" and partner and statement_line.partner_id != partner:
            statement_line.partner_id = partner

    # ----------------------------------------------------------------------------------------------
    # Undoing
    # ----------------------------------------------------------------------------------------------
    def action_undo(self):
        """Take these lines' payments back from their calls: the money waits to be identified."""
        self._check_access_to_book()
        lines = self.filtered(lambda line: line.state == "done")
        if not lines:
            raise UserError(self.env._("Only a line that is matched can be undone."))
        for line in lines:
            rich = line._with_all_rights(line.company_id)
            items = rich.counterpart_ids
            items.remove_move_reconcile()
            commands = [Command.delete(item.id) for item in items]
            line._rewrite_items(rich, commands, -line.amount)
        self.env.invalidate_all()
        lines._write_proposal({"state": "suspense", "certainty": "none", "reason": self.env._("Undone by hand.")})
        lines.import_id._settle_state()

    # ----------------------------------------------------------------------------------------------
    # One sum for all
    # ----------------------------------------------------------------------------------------------
    def _book_as_one(self, day, label):
        """Book these lines as the single sum that the bank shows.

        :return: the lines whose payer is to be found; their part of the sum waits in suspense.
        """
        self._check_access_to_book()
        lines = self._without_booked()
        bookings, refused = lines._prepare_bookings()
        rich = lines._with_all_rights(lines.company_id)
        total = lines.currency_id.round(sum(lines.mapped("amount")))
        first = rich[:1]
        own = [vals for booking in bookings for vals in booking.line.with_env(rich.env)._prepare_counterparts(booking)]
        waiting = lines.currency_id.round(sum(refused.mapped("amount")))
        nobody = self.env["res.partner"]
        items = [first._prepare_item(first.journal_id.default_account_id, total, nobody, of_line=False), *own]
        if waiting:
            items.append(first._prepare_item(first.journal_id.suspense_account_id, -waiting, nobody, of_line=False))
        for vals in items:
            vals["name"] = vals["name"] if vals.get("payment_import_line_id") else label
        statement_line = rich.env["account.bank.statement.line"].create(
            {
                "journal_id": first.journal_id.id,
                "date": day,
                "payment_ref": label,
                "amount": total,
                "line_ids": [Command.create(vals) for vals in items],
            }
        )
        lines._write_proposal({"statement_line_id": statement_line.id})
        lines._match_bookings(bookings)
        (lines - refused)._write_proposal({"state": "done"})
        refused._write_proposal({"state": "suspense"})
        return refused


class AssociationPaymentImport(models.Model):
    _inherit = "association.payment.import"

    def _book_payout(self):
        """Book everything as one statement line."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.state == "todo")
        if not lines:
            raise UserError(self.env._("Nothing is left to book."))
        day = self.payout_date or max(lines.mapped("date"))
        label = self.env._("Payout of %(count)s payments: %(file)s", count=len(lines), file=self.filename or "")
        lines._book_as_one(day, label)
        self._settle_state()
