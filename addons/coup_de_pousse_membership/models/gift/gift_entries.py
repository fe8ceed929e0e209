"""How gifts stand in Odoo's books: a payment and its gift, an expense and its gift, or nothing."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command


class GiftEntries:
    """Books gifts, and takes them back; the caller has checked who may.

    :param gifts: recordset of ``association.gift``.
    """

    def __init__(self, gifts):
        self.gifts = gifts
        self.env = gifts.env

    def book(self):
        """Book all of them, by kind."""
        self.gifts.company_id.sudo()._ensure_gift_accounting()
        money = self.gifts.filtered(lambda gift: gift.kind == "money")
        waived = self.gifts.filtered(lambda gift: gift.kind == "waived")
        payments = self._receive(money)
        moves = self._post(money | waived)
        self._match(payments, moves)
        for gift in self.gifts:
            move = moves.get(gift, self.env["account.move"])
            line = move.line_ids.filtered(lambda line: line.credit)[:1]
            facts = {
                "state": "booked",
                "move_id": move.id,
                "payment_id": payments.get(gift, self.env["account.payment"]).id,
            }
            gift._write_facts({**facts, "line_id": line.id})

    def _receive(self, gifts):
        """Return {gift: the payment by which it came}, posted."""
        payments = (
            self.env["account.payment"]
            .sudo()
            .create(
                [
                    {
                        "payment_type": "inbound",
                        "partner_type": "customer",
                        "partner_id": gift.partner_id.id,
                        "amount": gift.amount,
                        "currency_id": gift.currency_id.id,
                        "date": gift.date,
                        "journal_id": gift.journal_id.id,
                        "company_id": gift.company_id.id,
                        "memo": self._get_label(gift),
                    }
                    for gift in gifts
                ]
            )
        )
        payments.action_post()
        return dict(zip(gifts, payments, strict=True))

    def _post(self, gifts):
        """Return {gift: its entry}, posted."""
        moves = (
            self.env["account.move"]
            .sudo()
            .with_context(association_gift_known=True)
            .create([self._prepare(gift) for gift in gifts])
        )
        moves.action_post()
        return dict(zip(gifts, moves, strict=True))

    def _prepare(self, gift):
        company = gift.company_id
        journal = company.sudo()._get_entry_journal()
        if not company.sudo().membership_gift_account_id or not journal:
            raise UserError(
                self.env._(
                    "%s has no chart of accounts yet: install one (Invoicing, Configuration, Settings), then book the "
                    "gift again.",
                    company.name,
                )
            )
        payer = gift.partner_id.commercial_partner_id.sudo().with_company(company)
        waived = gift.kind == "waived"
        debit = company.sudo().gift_expense_account_id if waived else payer.property_account_receivable_id
        credit = company.sudo().gift_waived_account_id if waived else company.sudo().membership_gift_account_id
        label = self._get_label(gift)
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": journal.id,
            "date": gift.date,
            "ref": label,
            "line_ids": [
                Command.create({"name": label, "partner_id": payer.id, "account_id": account.id, side: gift.amount})
                for account, side in ((debit, "debit"), (credit, "credit"))
            ],
        }

    def _get_label(self, gift):
        waived = gift.kind == "waived"
        return (
            self.env._("Expenses waived by %s", gift.partner_id.name)
            if waived
            else self.env._("Gift of %s", gift.partner_id.name)
        )

    def _match(self, payments, moves):
        """Match each payment with its gift."""
        for gift, payment in payments.items():
            lines = (payment.move_id | moves[gift]).line_ids
            lines.filtered(lambda line: line.account_type == "asset_receivable").reconcile()

    def take_back(self):
        """Reverse the entries of gifts; a gift that was an entry of somebody else's is only cancelled."""
        made = self.gifts.filtered(lambda gift: gift.move_id.move_type == "entry" and gift.move_id.state == "posted")
        moves = made.move_id.sudo()
        if moves:
            moves.line_ids.remove_move_reconcile()
            today = fields.Date.context_today(self.gifts)
            moves._reverse_moves([{"date": today} for _move in moves], cancel=True)
        self.gifts._write_facts({"state": "cancelled"})
