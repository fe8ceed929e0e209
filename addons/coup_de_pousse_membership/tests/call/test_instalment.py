"""A call paid in several times."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..payment.test_payment_import import PaymentCase


@tagged("post_install", "-at_install")
class TestInstalment(PaymentCase):
    def split(self, call, count=3, user="treasurer", **values):
        wizard = self.env["association.instalment.wizard"].with_user(self.users[user])
        wizard.create({"move_id": call.id, "count": count, "first": "2026-01-31", **values}).action_confirm()

    def test_the_plan_follows_what_is_paid(self):
        call = self.make_calls(1)
        before = [(line.account_id, line.balance) for line in call.line_ids]
        self.split(call)
        days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
        parts = call.instalment_ids
        self.assertEqual(parts.mapped("date"), days)
        self.assertEqual(sum(parts.mapped("amount")), 100)
        self.assertEqual(sorted(parts.mapped("amount")), [33.33, 33.33, 33.34])
        self.assertEqual(before, [(line.account_id, line.balance) for line in call.line_ids], "the entry stays")
        self.assertEqual(call.invoice_date_due, days[0])
        record = self.make_import(
            [f"{self.day(n)};VIR {call.name};;{amount}" for n, amount in ((1, "33,34"), (2, "20"))]
        )
        record.line_ids[0].action_confirm()
        self.assertEqual(parts.mapped("is_paid"), [True, False, False])
        self.assertEqual(call.invoice_date_due, days[1])
        record.line_ids[1].action_confirm()
        self.assertEqual(parts[1].open_amount, 13.33)
        term = call.line_ids.filtered(lambda line: line.display_type == "payment_term")
        self.assertEqual(term.date_maturity, days[1])
        record.line_ids.action_undo()
        self.assertEqual(parts.mapped("is_paid"), [False] * 3)
        self.assertEqual(call.invoice_date_due, days[0])
        self.pay(call)
        self.assertEqual(parts.mapped("open_amount"), [0, 0, 0])

    def test_split_anew_after_a_part(self):
        call = self.make_calls(1)
        self.pay(call, 40)
        self.split(call, 2)
        self.assertEqual(call.instalment_ids.mapped("amount"), [40, 30, 30])
        self.assertEqual(call.instalment_ids.mapped("is_paid"), [True, False, False])
        self.split(call, 1)
        self.assertEqual(call.instalment_ids.mapped("amount"), [40, 60])

    def test_refused(self):
        call = self.make_calls(1)
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.split(call, 0)
        with self.assertRaises(AccessError):
            self.split(call, user="office")
        with self.assertRaises(AccessError):
            call.with_user(self.users["office"]).env["association.call.instalment"].create(
                {"move_id": call.id, "date": "2026-01-01", "amount": 1}
            )
        self.pay(call)
        with self.assertRaises(UserError):
            self.split(call)
