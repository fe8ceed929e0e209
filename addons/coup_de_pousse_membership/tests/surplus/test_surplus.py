"""What was paid too much becomes a gift, or is paid back."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ADDON
from ..payment.payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentSurplus(PaymentCase):
    def overpaid(self, *amounts):
        """Return the surplus of calls of 100 that were paid with these amounts."""
        calls = self.make_calls(len(amounts))
        rows = [f"{self.day(i + 1)};VIR {call.name};;{amounts[i]},00" for i, call in enumerate(calls)]
        self.make_import(rows).line_ids.action_confirm()
        items = self.env["account.move.line"].search(
            [("partner_id", "in", calls.partner_id.ids), ("amount_residual", "<", 0)], order="id"
        )
        return items.with_user(self.treasurer)

    def settle(self, surplus, **values):
        action = surplus.action_settle_surplus()
        wizards = self.env[action["res_model"]].with_user(self.treasurer).with_context(**action["context"])
        wizard = wizards.create(values)
        told = wizard.amount, wizard.payers
        wizard.action_confirm()
        return told

    def test_a_gift(self):
        surplus = self.overpaid(130, 150, 101)
        told = self.settle(surplus[:2], use="gift", date=f"{self.year}-02-01")
        self.assertEqual(told, (80, "Payer 0, Payer 1"))
        gifts = self.company.membership_gift_account_id
        self.assertEqual(gifts.code[:4], "7541")
        self.assertEqual(self.balance(gifts), -80)
        self.assertEqual(surplus.mapped("amount_residual"), [0, 0, -1])
        entries = self.env["account.move.line"].search([("account_id", "=", gifts.id)]).move_id
        self.assertEqual(set(entries.mapped("date")), {fields.Date.from_string(f"{self.year}-02-01")})
        self.assertEqual(entries.line_ids.partner_id, surplus[:2].partner_id)
        # Given once.
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            surplus[:2]._turn_into_gift(self.today)

    def test_a_part_only(self):
        surplus = self.overpaid(130, 150)
        self.settle(surplus[0], use="gift", part=10)
        self.assertEqual(surplus.mapped("amount_residual"), [-20, -50])
        self.settle(surplus[0], use="repayment", part=5, journal_id=self.bank.id)
        self.assertEqual(surplus[0].amount_residual, -15)
        self.assertEqual(self.balance(self.company.membership_gift_account_id), -10)
        self.assertEqual(self.statement_lines().filtered(lambda line: line.amount < 0).amount, -5)
        for part in (0, -1, 15.01):
            with self.assertRaisesRegex(UserError, "more than 0, and 15[,.]00.* at most"):
                self.settle(surplus[0], use="gift", part=part)
        self.settle(surplus[0], use="gift")
        self.assertEqual(surplus.mapped("amount_residual"), [0, -50])

    def test_paid_back_and_recognised_in_the_bank_s_file(self):
        surplus = self.overpaid(130, 140)
        self.settle(surplus[0], use="repayment", date=f"{self.year}-02-01", journal_id=self.bank.id)
        self.assertEqual(surplus.mapped("amount_residual"), [0, -40])
        self.assertEqual(self.balance(self.bank.default_account_id), 240)
        line = self.statement_lines().filtered(lambda line: line.amount < 0)
        self.assertRecordValues(line, [{"amount": -30, "is_reconciled": True, "partner_id": surplus[0].partner_id.id}])
        bank = self.make_import(
            [
                f"04/02/{self.year};VIR SEPA EMIS PAYER 0 TROP PERCU;30,00;",
                f"04/02/{self.year};VIR SEPA EMIS PAYER 1;30,00;",
                f"25/02/{self.year};VIR SEPA EMIS PAYER 0;30,00;",
            ],
            with_debits=True,
        )
        self.assertEqual(bank.line_ids.mapped("state"), ["known", "debit", "debit"])
        self.assertEqual(bank.line_ids[0].known_line_id, line)

    def test_says_what_was_transferred_and_opens_it(self):
        surplus = self.overpaid(130)
        self.assertEqual((surplus.surplus_received, surplus.surplus_left), (130, 30))
        self.settle(surplus, use="gift", part=10)
        self.assertEqual((surplus.surplus_received, surplus.surplus_left), (130, 20))
        line = surplus.payment_import_line_id
        for role in ("treasurer", "director"):
            action = surplus.with_user(self.users[role]).action_open_surplus()
            self.assertEqual((action["res_model"], action["res_id"]), (line._name, line.id))
        views = self.env["account.move.line"].get_views([(self.env.ref(f"{ADDON}.view_surplus_list").id, "list")])
        self.assertIn('action="action_open_surplus"', views["views"]["list"]["arch"])

    def test_of_a_cheque_and_of_a_payment_typed_by_hand(self):
        calls = self.make_calls(2)
        cheque = self.env["association.cheque"].create(
            {"company_id": self.company.id, "partner_id": calls[0].partner_id.id, "amount": 150}
        )
        self.env["association.cheque.deposit"].create(
            {"company_id": self.company.id, "journal_id": self.bank.id, "cheque_ids": cheque.ids}
        ).action_validate()
        typed = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "amount": 170,
                "payment_ref": "Typed",
                "partner_id": calls[1].partner_id.id,
                "counterpart_account_id": calls[1].partner_id.property_account_receivable_id.id,
            }
        )
        items = self.env["account.move.line"].search(
            [("partner_id", "in", calls.partner_id.ids), ("amount_residual", "<", 0)], order="id"
        )
        self.assertEqual(items.mapped("surplus_received"), [150, 170])
        self.assertEqual(items[0].action_open_surplus()["res_id"], cheque.id)
        action = items[1].action_open_surplus()
        self.assertEqual((action["res_model"], action["res_id"]), ("account.move", typed.move_id.id))

    def test_not_from_an_account_in_another_currency(self):
        surplus = self.overpaid(130)
        dollars = self.bank.copy({"currency_id": self.env.ref("base.USD").id, "name": "Dollars"})
        with self.assertRaisesRegex(UserError, "choose a bank account"):
            self.settle(surplus, use="repayment", journal_id=dollars.id)
        self.assertEqual(surplus.amount_residual, -30)

    def test_roles(self):
        surplus = self.overpaid(130)
        for role in ("director", "office"):
            own = surplus.with_user(self.users[role])
            for method in (own.action_apply_surplus, own.action_settle_surplus):
                with self.assertRaises(AccessError):
                    method()
            with self.assertRaises(AccessError):
                self.env["association.surplus.wizard"].with_user(self.users[role]).create({"line_ids": surplus.ids})
