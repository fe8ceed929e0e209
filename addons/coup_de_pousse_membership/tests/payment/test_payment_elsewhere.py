"""Money that is no fee: a gift, a grant, the payout of payments that are known one by one."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentElsewhere(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grants = cls.env["account.account"].create(
            {"code": "741099", "name": "Grants", "account_type": "income", "company_ids": cls.company.ids}
        )

    def book(self, lines, **values):
        action = lines.action_book_elsewhere()
        wizard = self.env[action["res_model"]].with_user(self.treasurer).with_context(**action["context"])
        wizard.create(values).action_confirm()

    def waiting(self, *rows, **values):
        record = self.make_import([f"{self.day()};{text};;{amount},00" for text, amount in rows], **values)
        record.action_book_rest()
        return record.line_ids

    def test_a_gift_leaves_what_is_to_identify(self):
        lines = self.waiting(("VIR DON", 33), ("VIR GENEREUX", 40))
        self.book(lines, use="gift")
        self.assertEqual(lines.mapped("state"), ["done", "done"])
        self.assertEqual(self.balance(self.company.membership_gift_account_id), -73)
        self.assertEqual(self.balance(self.bank.suspense_account_id), 0)
        self.assertEqual(set(lines.statement_line_id.mapped("is_reconciled")), {True})
        # And back.
        lines[0].action_undo()
        self.assertEqual(lines[0].state, "suspense")
        self.assertEqual(self.balance(self.bank.suspense_account_id), -33)

    def test_a_grant_before_it_is_booked(self):
        calls = self.make_calls(1)
        lines = self.make_import([f"{self.day()};SUBVENTION {calls.partner_id.name};;500,00"]).line_ids
        self.assertEqual(lines.payer_id, calls.partner_id)
        self.book(lines, use="other", account_id=self.grants.id)
        self.assertEqual((lines.state, lines.import_id.state, lines.part_ids.ids), ("done", "done", []))
        self.assertEqual(self.balance(self.grants), -500)
        self.assertEqual(self.balance(self.bank.default_account_id), 500)
        self.assertEqual((calls.payment_state, len(self.statement_lines())), ("not_paid", 1))
        # Read again, it is known.
        again = self.make_import([f"{self.day()};SUBVENTION {calls.partner_id.name};;500,00"])
        self.assertEqual(again.line_ids.state, "known")

    def test_the_list_of_a_payout_that_waits(self):
        """The bank's line came first: the payments of the list take its place, it is not booked twice."""
        calls = self.make_calls(2)
        bank = self.waiting(("VIR HELLO ASSO", 215), ("VIR INCONNU", 215))
        header = "Date;Nom payeur;Montant"
        rows = [f"{self.day()};{call.partner_id.name};100,00" for call in calls]
        payments = self.make_import([*rows, f"{self.day()};Inconnue;15,00"], header=header, grouping="single")
        payments.action_book_rest()
        self.assertEqual(bank.mapped("state"), ["known", "suspense"])
        self.assertIn("bank.csv", bank[0].reason)
        self.assertEqual(payments.line_ids.statement_line_id, bank[0].statement_line_id)
        self.assertEqual(payments.line_ids.mapped("state"), ["done", "done", "suspense"])
        self.assertEqual(set(calls.mapped("payment_state")), {"paid"})
        self.assertEqual(self.balance(self.bank.default_account_id), 430)
        self.assertEqual(self.balance(self.bank.suspense_account_id), -230)
        payments.line_ids[0].action_undo()
        self.assertEqual(self.balance(self.bank.suspense_account_id), -330)
        with self.assertRaises(UserError):
            bank[0].action_undo()

    def test_who_and_what(self):
        lines = self.waiting(("VIR DON", 33))
        for role in ("director", "office"):
            with self.assertRaises(AccessError):
                lines.with_user(self.users[role]).action_book_elsewhere()
        self.book(lines, use="gift")
        with self.assertRaisesRegex(UserError, "Only a payment"):
            lines.action_book_elsewhere()
        single = self.make_import([f"{self.day(2)};VIR;;12,00"], grouping="single")
        with self.assertRaisesRegex(UserError, "one sum"):
            single.line_ids.action_book_elsewhere()
