"""Gifts: booked once, in Odoo's books, and then as they are."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..common import ADDON, MembershipCommon


@tagged("post_install", "-at_install")
class TestGift(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company._ensure_gift_accounting()
        cls.donor = cls.env["res.partner"].create({"name": "Jeanne Donor"})
        cls.gifts = cls.env["association.gift"].with_user(cls.users["treasurer"])

    def make(self, **values):
        amount = {} if values.get("kind") == "waived" else {"amount": 120}
        return self.gifts.create({"partner_id": self.donor.id, **amount, **values})

    def balance(self, account):
        return sum(self.env["account.move.line"].search([("account_id", "=", account.id)]).mapped("balance"))

    def test_money_is_a_payment_and_a_gift(self):
        gift = self.make()
        gift.action_book()
        self.assertEqual((gift.state, gift.payment_id.amount), ("booked", 120))
        self.assertEqual(self.balance(self.company.membership_gift_account_id), -120)
        receivable = (gift.payment_id.move_id | gift.move_id).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        self.assertEqual(sum(receivable.mapped("amount_residual")), 0, "the donor owes nothing")
        self.assertEqual(self.env["association.gift"].search_count([("partner_id", "=", self.donor.id)]), 1)

    def test_what_a_volunteer_waives_is_an_expense_and_a_gift(self):
        car = self.env.ref(f"{ADDON}.kilometre_rate_car_5")
        gift = self.make(
            kind="waived",
            expense_ids=[
                Command.create({"name": "Board", "kilometres": 212, "rate_id": car.id}),
                Command.create({"name": "Train", "amount": 42.1}),
            ],
        )
        self.assertEqual(gift.amount, 176.93, "212 km at 0.636 €, and 42.10 €")
        with self.assertRaisesRegex(UserError, "have it signed"):
            gift.action_book()
        gift.waived_on = self.today
        gift.action_book()
        self.assertEqual(self.balance(self.company.gift_expense_account_id), 176.93)
        self.assertEqual(self.balance(self.company.gift_waived_account_id), -176.93)
        self.assertEqual(self.company.gift_waived_account_id.code[:5], "75412")
        with self.assertRaisesRegex(UserError, "booked and stays"), self.env.cr.savepoint():
            gift.expense_ids[0].amount = 500
        self.assertEqual(self.env["association.gift"].search_count([("partner_id", "=", self.donor.id)]), 1)

    def test_a_claim_is_its_expenses(self):
        with self.assertRaisesRegex(ValidationError, "its expenses come to"):
            self.make(kind="waived", amount=500, expense_ids=[Command.create({"name": "Train", "amount": 42.1})])

    def test_goods_have_no_entry_and_say_what_they_are(self):
        gift = self.make(kind="goods")
        with self.assertRaisesRegex(UserError, "say what was given"):
            gift.action_book()
        gift.description = "Ten chairs, at cost"
        gift.action_book()
        self.assertEqual(gift.state, "booked")
        self.assertFalse(gift.move_id)

    def test_what_is_booked_stays(self):
        gift = self.make()
        gift.action_book()
        for values in ({"amount": 10}, {"partner_id": self.company.partner_id.id}, {"kind": "goods"}):
            with self.assertRaisesRegex(UserError, "booked and stays"), self.env.cr.savepoint():
                gift.write(values)
        with self.assertRaisesRegex(UserError, "booked and stays"), self.env.cr.savepoint():
            gift.unlink()
        with self.assertRaisesRegex(UserError, "booked and stays"), self.env.cr.savepoint():
            gift.action_book()
        gift.payment_mode = "cheque"

    def test_a_gift_is_taken_back(self):
        gift = self.make()
        gift.action_book()
        gift.action_cancel()
        self.assertEqual(gift.state, "cancelled")
        self.assertEqual(self.balance(self.company.membership_gift_account_id), 0)
        with self.assertRaisesRegex(UserError, "cancelled already"):
            gift.action_cancel()

    def test_what_others_book_on_the_account_of_gifts_is_a_gift(self):
        account = self.company.membership_gift_account_id
        bank = self.company_data["default_journal_bank"].default_account_id
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.company_data["default_journal_misc"].id,
                "date": self.today,
                "line_ids": [
                    Command.create({"account_id": bank.id, "debit": 55}),
                    Command.create({"account_id": account.id, "credit": 50, "partner_id": self.donor.id}),
                    Command.create({"account_id": account.id, "credit": 5, "name": "Of nobody known"}),
                ],
            }
        )
        move.action_post()
        gift = self.gifts.search([("move_id", "=", move.id)])
        self.assertEqual((gift.amount, gift.partner_id, gift.state), (50, self.donor, "booked"))
        move.button_draft()
        move.action_post()
        self.assertEqual(self.gifts.search([("move_id", "=", move.id)]), gift, "posted again, it is one gift")

    @mute_logger("odoo.sql_db")
    def test_bad_input(self):
        for values in ({"amount": 0}, {"amount": -5}, {"given_back": 120}, {"given_back": -1}, {"payment_mode": False}):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.make(**values)
                self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "lies ahead"):
            self.make(date=self.today + timedelta(days=1))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_may_what(self):
        gift = self.make()
        for role, reads in (("director", True), ("office", False), ("treasurer", True)):
            self.assertEqual(gift.with_user(self.users[role]).has_access("read"), reads, role)
        for user in (self.users["director"], self.users["office"], self.outsider):
            for method, args in (("action_book", []), ("write", [{"amount": 1}]), ("unlink", [])):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    call_kw(self.env["association.gift"].with_user(user), method, [gift.ids, *args], {})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            call_kw(self.gifts, "write", [gift.ids, {"state": "booked"}], {})

    def test_queries_do_not_grow(self):
        def count(number):
            gifts = self.gifts.create(
                [{"partner_id": self.donor.id, "amount": 5, "kind": "goods", "description": "x"}] * number
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            gifts.action_book()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertLess(count(30) - count(3), 5)
