"""What was paid too much becomes a gift, or is paid back; calls in another currency are left to people."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_payment_import import PaymentCase


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


@tagged("post_install", "-at_install")
class TestPaymentChosen(PaymentCase):
    """The treasurer decides which calls a payment settles."""

    def test_calls_chosen_in_the_list(self):
        calls = self.make_calls()
        line = self.make_import([f"{self.day()};VIR INCONNU;;150,00"]).line_ids
        line.call_ids = calls[:2]
        self.assertEqual(line.part_ids.sorted("id").mapped("amount"), [100, 50])
        self.assertEqual((line.certainty, line.surplus), ("chosen", 0))
        # The part of a call that stays is kept.
        line.call_ids = calls[1:]
        self.assertEqual({part.move_id: part.amount for part in line.part_ids}, {calls[1]: 50, calls[2]: 100})
        with self.assertRaisesRegex(ValidationError, "nothing is left of this payment"):
            line.call_ids = calls
        line.invalidate_recordset()
        line.action_confirm()
        self.assertEqual(calls.mapped("amount_residual"), [100, 50, 0])
        with self.assertRaisesRegex(UserError, "its calls cannot be changed"):
            line.call_ids = calls[:1]
        shown = calls[0].with_user(self.treasurer).with_context(association_with_payer=True).display_name
        for text in (calls[0].name, calls[0].commercial_partner_id.name, "100"):
            self.assertIn(text, shown)

    def test_a_part_is_proposed(self):
        calls = self.make_calls()
        line = self.make_import([f"{self.day()};VIR INCONNU;;150,00"]).line_ids
        with Form(line) as form:
            for call, amount in ((calls[0], 100), (calls[1], 50)):
                with form.part_ids.new() as part:
                    part.move_id = call
                    self.assertEqual(part.amount, amount)


@tagged("post_install", "-at_install")
class TestForeignCalls(PaymentCase):
    """The bank account is in euros, a call in dollars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.setup_other_currency("USD", rates=[("2000-01-01", 2.0)])

    def make_foreign(self):
        euros, dollars = self.make_calls(2)
        dollars.button_draft()
        dollars.currency_id = self.dollar
        dollars.action_post()
        return euros, dollars

    def test_named_and_left(self):
        euros, dollars = self.make_foreign()
        record = self.make_import(
            [
                f"{self.day(1)};VIR {dollars.name};;100,00",
                f"{self.day(2)};VIR {dollars.partner_id.name};;50,00",
                f"{self.day(3)};VIR {euros.name};;100,00",
            ]
        )
        self.assertEqual(record.line_ids.mapped("certainty"), ["none", "none", "certain"])
        for line in record.line_ids[:2]:
            self.assertIn(f"It names {dollars.name}, in another currency", line.reason)
            self.assertFalse(line.part_ids or line.payer_id)
        record.action_confirm_certain()
        self.assertEqual(dollars.payment_state, "not_paid")
        with self.assertRaisesRegex(ValidationError, "is in USD, and the bank account in EUR"):
            record.line_ids[0].part_ids = [fields.Command.create({"move_id": dollars.id, "amount": 100})]

    def test_proposed_where_the_bank_account_agrees(self):
        euros, dollars = self.make_foreign()
        self.bank.currency_id = self.dollar
        record = self.make_import(
            [f"{self.day(1)};VIR {dollars.name};;{dollars.amount_total:.2f}", f"{self.day(3)};VIR {euros.name};;100,00"]
        )
        self.assertEqual(record.line_ids.mapped("certainty"), ["certain", "none"])
        record.action_confirm_certain()
        self.assertEqual((dollars.payment_state, euros.payment_state), ("paid", "not_paid"))


@tagged("post_install", "-at_install")
class TestSameAsRegistered(PaymentCase):
    """What is left of calls and their states: as after Odoo's own “Register payment” of the same sums."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.company_data["default_tax_sale"]

    def check(self, *paid):
        """Pay two sets of equal calls with these amounts, one set by Odoo's wizard, and compare."""
        calls = self.make_calls(2 * len(paid))
        ours, theirs = calls[: len(paid)], calls[len(paid) :]
        for call, amount in zip(theirs, paid, strict=True):
            self.pay(call, amount)
        rows = [f"{self.day(1)};VIR {call.name};;{paid[i]:.2f}".replace(".", ",") for i, call in enumerate(ours)]
        self.make_import(rows).line_ids.action_confirm()
        for name in ("amount_residual", "amount_residual_signed", "payment_state", "amount_tax"):
            self.assertEqual(ours.mapped(name), theirs.mapped(name), name)
        for name in ("payment_state", "state", "amount_due"):
            self.assertEqual(*(self.memberships(moves).mapped(name) for moves in (ours, theirs)), name)
        for one, other in zip(ours, theirs, strict=True):
            items = [move.line_ids.filtered(lambda item: item.display_type == "payment_term") for move in (one, other)]
            self.assertEqual(*([(item.amount_residual, item.reconciled) for item in lines] for lines in items))
        return ours

    def memberships(self, moves):
        return moves.line_ids.membership_id.sorted("id")

    def test_in_full_and_in_part(self):
        ours = self.check(100, 60, 0.01)
        self.assertEqual(ours.mapped("amount_residual"), [0, 40, 99.99])

    def test_with_tax(self):
        product = self.env.ref("coup_de_pousse_membership.product_membership_fee")
        product.taxes_id = self.tax
        ours = self.check(120, 50)
        self.assertEqual(ours.mapped("amount_tax"), [20, 20])
        self.assertEqual(ours.mapped("amount_residual"), [0, 70])
