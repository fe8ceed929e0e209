"""Cheques: noted, gathered on a slip, credited by the bank, and the one that bounces."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ADDON
from ..payment.payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestChequeDeposit(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calls = cls.make_calls(3)
        cls.cheques = (
            cls.env["association.cheque"]
            .with_user(cls.treasurer)
            .create(
                [
                    {
                        "company_id": cls.company.id,
                        "partner_id": call.partner_id.id,
                        "number": f"000{index}",
                        "bank": "Banque",
                        "amount": amount,
                        "move_ids": [fields.Command.set(call.ids)],
                    }
                    for index, (call, amount) in enumerate(zip(cls.calls, (100, 60, 130), strict=True))
                ]
            )
        )

    def deposit(self, cheques=None, **values):
        return (
            self.env["association.cheque.deposit"]
            .with_user(self.treasurer)
            .create(
                {
                    "company_id": self.company.id,
                    "journal_id": self.bank.id,
                    "cheque_ids": [fields.Command.set((self.cheques if cheques is None else cheques).ids)],
                    **values,
                }
            )
        )

    def test_validated_then_credited_by_the_bank(self):
        slip = self.deposit()
        self.assertEqual((slip.total, slip.cheque_count, slip.name), (290, 3, False))
        slip.action_validate()
        self.assertEqual(slip.name, f"REM/{self.year}/0001")
        self.assertEqual(self.calls.mapped("payment_state"), ["paid", "partial", "paid"])
        account = self.company.membership_cheque_account_id
        self.assertTrue(account.reconcile)
        self.assertEqual(self.balance(account), 290)
        self.assertFalse(slip.is_credited)
        # The surplus of the third stays on its drawer's account.
        self.assertEqual(self.cheques[2].item_ids.filtered(lambda i: not i.reconciled).amount_residual, -30)
        record = self.make_import([f"{self.day(20)};REMISE CHEQUES 3 CHQ;;290,00"])
        self.assertEqual(record.line_ids.certainty, "certain")
        record.action_confirm_certain()
        self.assertTrue(slip.is_credited)
        self.assertEqual(self.balance(account), 0)
        self.assertEqual(self.balance(self.bank.default_account_id), 290)
        self.assertEqual(self.calls.mapped("payment_state"), ["paid", "partial", "paid"])

    def test_without_calls_named_the_drawer_s_are_paid(self):
        self.cheques[0].move_ids = False
        self.deposit(self.cheques[0]).action_validate()
        self.assertEqual(self.calls.mapped("payment_state"), ["paid", "not_paid", "not_paid"])

    def test_two_cheques_for_one_call(self):
        self.cheques.move_ids = self.calls[0]
        self.deposit(self.cheques[:2]).action_validate()
        self.assertEqual(self.calls[0].payment_state, "paid")
        self.assertEqual(self.balance(self.company.membership_cheque_account_id), 160)

    def test_numbers_have_no_gap_and_start_again(self):
        slips = [
            self.deposit(cheque, date=day)
            for cheque, day in zip(
                self.cheques, (f"{self.year}-01-05", f"{self.year}-02-01", f"{self.year + 1}-01-05"), strict=True
            )
        ]
        slips[0].action_validate()
        with self.assertRaises(UserError):
            self.deposit(self.env["association.cheque"]).action_validate()
        for slip in slips[1:]:
            slip.action_validate()
        self.assertEqual(
            [slip.name for slip in slips],
            [f"REM/{self.year}/0001", f"REM/{self.year}/0002", f"REM/{self.year + 1}/0001"],
        )

    def test_validated_stays(self):
        slip = self.deposit()
        slip.action_validate()
        for change in (
            lambda: slip.write({"date": f"{self.year}-03-03"}),
            lambda: slip.write({"cheque_ids": [fields.Command.unlink(self.cheques[0].id)]}),
            lambda: self.cheques[0].write({"amount": 1}),
            slip.action_validate,
            slip.unlink,
            self.cheques[0].unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_one_bounces(self):
        slip = self.deposit()
        slip.action_validate()
        wizard = (
            self.env["association.cheque.bounce.wizard"]
            .with_user(self.treasurer)
            .create({"cheque_id": self.cheques[0].id, "reason": "Insufficient funds"})
        )
        wizard.action_confirm()
        self.assertEqual(self.calls.mapped("payment_state"), ["not_paid", "partial", "paid"])
        self.assertRecordValues(self.cheques, [{"state": "bounced"}, {"state": "deposited"}, {"state": "deposited"}])
        self.assertEqual(slip.total, 290, "the slip stays as the bank has it")
        self.assertEqual(self.balance(self.company.membership_cheque_account_id), 190)
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_form_proposes_drawer_and_amount(self):
        with Form(self.env["association.cheque"].with_user(self.treasurer)) as form:
            form.move_ids.add(self.calls[1])
            self.assertEqual((form.partner_id, form.amount), (self.calls[1].partner_id, 100))

    def test_printed_in_words(self):
        slip = self.deposit()
        slip.action_validate()
        report = self.env.ref(f"{ADDON}.report_cheque_deposit")
        html = report.with_context(lang="en_US")._render_qweb_html(report.report_name, slip.ids)[0].decode()
        self.assertIn("two hundred and ninety euro<", html)
        self.assertIn(slip.name, html)
        for cheque in self.cheques:
            self.assertIn(cheque.number, html)

    def test_roles(self):
        slip = self.deposit()
        for role in ("office", "director"):
            user = self.users[role]
            with self.assertRaises(AccessError):
                slip.with_user(user).action_validate()
            with self.assertRaises(AccessError):
                self.cheques[0].with_user(user).write({"amount": 3})
            with self.assertRaises(AccessError):
                self.cheques[:1].with_user(user).action_deposit()
        slip.action_validate()
        with self.assertRaises(AccessError):
            self.cheques[0].with_user(self.users["director"])._bounce(self.today, "x")
        self.assertEqual(slip.with_user(self.users["director"]).cheque_count, 3)

    def test_gathered_from_the_list(self):
        action = self.cheques[:2].action_deposit()
        slip = self.env["association.cheque.deposit"].browse(action["res_id"])
        self.assertEqual(slip.cheque_ids, self.cheques[:2])
        with self.assertRaises(UserError):
            self.cheques.action_deposit()
