"""What Odoo's accounting engine costs: given all that it would work out, and on the ordinary way."""

from datetime import date

from odoo import Command

from .data import ADDON, in_a_month

GIVEN_WHOLE = {"tracking_disable": True, "skip_invoice_sync": True, "skip_invoice_line_sync": True}


class Engine:
    """Makes and posts invoices of one line, with nothing of a membership in them."""

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self.product = env.ref(f"{ADDON}.product_membership_fee")
        self.journal = self.company.membership_journal_id
        self.account = self.product.property_account_income_id

    def ordinarily(self, partners, amount=100):
        """What ``create`` and ``action_post`` do by themselves."""
        moves = self.env["account.move"].create(
            [
                {
                    **self._header(partner),
                    "invoice_line_ids": [
                        Command.create({"product_id": self.product.id, "quantity": 1, "price_unit": amount})
                    ],
                }
                for partner in partners
            ]
        )
        moves.action_post()
        return moves

    def bare(self, partners, amount=100):
        """The short way that keeps the books right: everything is given, no mail thread, one note each."""
        moves = self.env["account.move"].sudo().with_context(**GIVEN_WHOLE)
        moves = moves.create(
            [
                {
                    **self._header(partner),
                    "fiscal_position_id": self.env["account.fiscal.position"]._get_fiscal_position(partner).id,
                    "line_ids": [Command.create(line) for line in self._lines(partner, amount)],
                }
                for partner in partners
            ]
        )
        moves.line_ids.fetch(["tax_ids", "tax_tag_ids"])
        moves.partner_id.user_ids  # noqa: B018 - read together what posting reads one by one
        moves.action_post()
        moves._message_log_batch({move.id: "Posted with the others." for move in moves})
        return moves

    def _header(self, partner):
        return {
            "move_type": "out_invoice",
            "company_id": self.company.id,
            "journal_id": self.journal.id,
            "partner_id": partner.id,
            "currency_id": self.company.currency_id.id,
            "invoice_date": date.today(),
            "invoice_date_due": in_a_month(),
            "invoice_payment_term_id": False,
        }

    def _lines(self, partner, amount):
        common = {"currency_id": self.company.currency_id.id, "partner_id": partner.id, "analytic_distribution": False}
        return [
            {
                **common,
                "display_type": "product",
                "product_id": self.product.id,
                "name": self.product.display_name,
                "quantity": 1,
                "price_unit": amount,
                "account_id": self.account.id,
                "tax_ids": [Command.set([])],
                "balance": -amount,
                "amount_currency": -amount,
            },
            {
                **common,
                "display_type": "payment_term",
                "account_id": partner.property_account_receivable_id.id,
                "balance": amount,
                "amount_currency": amount,
                "date_maturity": in_a_month(),
                "discount_balance": 0.0,
                "discount_amount_currency": 0.0,
            },
        ]
