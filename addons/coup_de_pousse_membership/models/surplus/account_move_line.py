"""What members have paid too much: given to their open calls, turned into a gift, or paid back."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..common.hold import hold


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    surplus_left = fields.Monetary(
        compute="_compute_surplus_left", currency_field="company_currency_id", string="Still to give"
    )

    surplus_received = fields.Monetary(
        compute="_compute_surplus_received", string="Received", help="The whole transfer, cheque or payment."
    )

    @api.depends("credit")
    def _compute_surplus_received(self):
        for line in self:
            move = line.move_id
            line.surplus_received = (
                line.payment_import_line_id.amount
                or line.cheque_id.amount
                or move.statement_line_id.amount
                or move.origin_payment_id.amount
                or line.credit
            )

    @api.depends("amount_residual")
    def _compute_surplus_left(self):
        for line in self:
            line.surplus_left = -line.amount_residual

    def _get_surplus(self):
        """Return those of these journal items that are money paid too much, with all rights.

        :raise AccessError: if the user does not dispose of it.
        :raise UserError: if nothing is left of it.
        """
        if not self.env.user.has_group("coup_de_pousse_membership.group_membership_treasurer"):
            raise AccessError(self.env._("Only the treasurer decides what becomes of a surplus."))
        self.check_access("read")
        surplus = self.filtered(
            lambda line: (
                line.account_type == "asset_receivable"
                and line.parent_state == "posted"
                and not line.reconciled
                and line.balance < 0
            )
        )
        if not surplus:
            raise UserError(self.env._("Nothing is left of these payments: reload the list."))
        return surplus.sudo()

    def action_open_surplus(self):
        """Open where it comes from: the line of the bank, the cheque, else the entry."""
        self.ensure_one()
        source = self.payment_import_line_id or self.cheque_id or self.move_id
        return source._get_records_action(context={})

    def _hold_surplus(self):
        """Return what :meth:`_get_surplus` does, for this transaction alone to dispose of."""
        hold(self._get_surplus())
        return self._get_surplus()

    def action_apply_surplus(self):
        """Give what members have paid too much to their open calls, the oldest due first."""
        surplus = self._hold_surplus()
        calls = self.sudo().search(
            [
                ("move_id.line_ids.membership_id", "!=", False),
                ("move_id.move_type", "=", "out_invoice"),
                ("company_id", "in", surplus.company_id.ids),
                ("partner_id", "in", surplus.partner_id.ids),
                ("account_id", "in", surplus.account_id.ids),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", ">", 0),
            ]
        )

        def owner(line):
            return line.company_id, line.partner_id, line.account_id, line.currency_id

        open_calls = calls.grouped(owner)
        plan = [lines | open_calls[who] for who, lines in surplus.grouped(owner).items() if who in open_calls]
        if not plan:
            raise UserError(
                self.env._(
                    "None of these payers has an open call. The surplus stays until the next call, or becomes a gift, "
                    "or is paid back."
                )
            )
        self.sudo()._reconcile_plan(plan)

    def action_settle_surplus(self):
        """Open the window that asks whether what was paid too much is a gift, or is paid back."""
        surplus = self._get_surplus()
        return self.env["association.surplus.wizard"]._get_records_action(
            name=self.env._("Gift or repayment"), target="new", context={"default_line_ids": surplus.ids}
        )

    def _turn_into_gift(self, day, amount=None):
        """Turn what was paid too much into gifts: an entry for each payer, matched with the payment.

        :param amount: part of a single surplus; all of it by default.
        :return: the entries.
        """
        surplus = self._hold_surplus()
        surplus.company_id._ensure_membership_accounting()
        journals = {company: company._get_entry_journal() for company in surplus.company_id}
        moves = (
            self.env["account.move"]
            .sudo()
            .create([line._prepare_gift(day, journals[line.company_id], amount) for line in surplus])
        )
        moves.action_post()
        surplus._match_with(moves)
        return moves

    def _prepare_gift(self, day, journal, amount):
        """Return the values of the entry that turns one surplus, or a part of it, into a gift."""
        self.ensure_one()
        company = self.company_id
        given, balance = self._get_part_given(amount)
        label = self.env._(
            "Gift of %(payer)s: surplus of %(payment)s", payer=self.partner_id.name, payment=self.move_id.name
        )
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": journal.id,
            "date": day,
            "ref": label,
            "line_ids": [
                Command.create(
                    {
                        "name": label,
                        "account_id": account.id,
                        "partner_id": self.partner_id.id,
                        "currency_id": self.currency_id.id,
                        "amount_currency": sign * given,
                        "balance": sign * balance,
                    }
                )
                for account, sign in ((self.account_id, -1), (company.membership_gift_account_id, 1))
            ],
        }

    def _get_part_given(self, amount):
        """Return what is given of a surplus, negative, in its currency and in the company's.

        :param amount: positive; None: all of it.
        """
        if amount is None or self.company_currency_id.compare_amounts(amount, self.surplus_left) == 0:
            return self.amount_residual_currency, self.amount_residual
        if self.currency_id != self.company_currency_id or not 0 < amount < self.surplus_left:
            raise UserError(
                self.env._(
                    "%(payment)s: give more than 0, and %(left)s at most. A surplus in another currency goes as a "
                    "whole.",
                    payment=self.move_id.name,
                    left=self.company_currency_id.format(self.surplus_left),
                )
            )
        return -amount, -amount

    def _pay_back(self, day, journal, amount=None):
        """Pay back what was paid too much: a line of the bank for each payment, matched with it.

        The same line of the bank's file is recognised when it is imported (see ``StatementReader``).

        :param amount: part of a single surplus; all of it by default.
        :return: the lines of the bank.
        """
        surplus = self._hold_surplus()
        surplus._check_payable_from(journal)
        lines = (
            self.env["account.bank.statement.line"]
            .sudo()
            .create([line._prepare_repayment(day, journal, amount) for line in surplus])
        )
        surplus._match_with(lines.move_id)
        return lines

    def _check_payable_from(self, journal):
        """Raise if money of these journal items cannot be paid back from a bank account."""
        currency = journal.currency_id or journal.company_id.currency_id
        for line in self:
            if line.company_id != journal.company_id or line.currency_id != currency:
                raise UserError(
                    self.env._(
                        "%(payment)s cannot be paid back from “%(journal)s”: choose a bank account of %(company)s "
                        "kept in %(currency)s.",
                        payment=line.move_id.name,
                        journal=journal.name,
                        company=line.company_id.name,
                        currency=line.currency_id.name,
                    )
                )

    def _prepare_repayment(self, day, journal, amount):
        """Return the values of the line of the bank that pays back one surplus, or a part of it."""
        self.ensure_one()
        return {
            "journal_id": journal.id,
            "date": day,
            "payment_ref": self.env._("Paid back to %s", self.partner_id.name),
            "partner_id": self.partner_id.id,
            "amount": self._get_part_given(amount)[0],
            "counterpart_account_id": self.account_id.id,
        }

    def _match_with(self, moves):
        """Match each of these journal items with the entry made for it."""
        self._reconcile_plan(
            [
                line | move.line_ids.filtered(lambda item, line=line: item.account_id == line.account_id)
                for line, move in zip(self, moves, strict=True)
            ]
        )
