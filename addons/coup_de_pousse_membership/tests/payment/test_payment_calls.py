"""The treasurer chooses calls; calls in another currency are left to people; what is left is as Odoo leaves it."""

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .payment_common import PaymentCase


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
