"""Fees that become income as they are received."""

from odoo.tests import tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestIncomeOnReceipt(MembershipCommon):
    """A fee that cannot be sued for is income when it is received (ANC 2018-06, art. 142-1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.membership_income_recognition = "on_receipt"
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.memberships = cls.make_memberships(cls.make_members(3, budget=1), cls.grid)

    def balances(self):
        """Posted balances of income and of the fees waiting to be received."""
        rows = self.env["account.move.line"]._read_group(
            [("parent_state", "=", "posted"), ("company_id", "=", self.company.id)],
            ["account_id"],
            ["balance:sum"],
        )
        totals = {account.code: balance for account, balance in rows}
        return totals.get("756100", 0), totals.get("487560", 0)

    def test_on_call_is_income_at_once(self):
        self.company.membership_income_recognition = "on_call"
        invoice = self.memberships[0]._issue_calls()
        self.assertEqual(self.balances(), (-100, 0))
        self.pay(invoice)
        self.assertEqual(self.balances(), (-100, 0))

    def test_on_receipt_follows_the_money(self):
        invoice = self.memberships[0]._issue_calls()
        self.assertEqual(self.balances(), (0, -100))
        self.pay(invoice, 33.33)
        self.assertEqual(self.balances(), (-33.33, -66.67))
        self.pay(invoice, 33.33)
        self.pay(invoice)
        self.assertEqual(self.balances(), (-100, 0))
        entries = self.env["account.move"].search([("fee_call_id", "=", invoice.id)])
        self.assertEqual(len(entries), 3)
        self.assertEqual(set(entries.mapped("state")), {"posted"})

    def test_payment_taken_back(self):
        invoice = self.memberships[0]._issue_calls()
        self.pay(invoice, 60)
        self.pay(invoice)
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual(self.balances(), (0, -100))

    def test_credit_note_never_was_income(self):
        invoice = self.memberships[0]._issue_calls()
        invoice._reverse_moves(cancel=True)
        self.assertEqual(self.balances(), (0, 0))
        self.assertFalse(self.env["account.move"].search([("fee_call_id", "=", invoice.id)]))

    def test_money_given_back_is_no_longer_income(self):
        invoice = self.memberships[0]._issue_calls()
        self.pay(invoice)
        refund = invoice._reverse_moves()
        refund.action_post()
        self.assertEqual(self.balances(), (-100, 100))
        self.pay(refund)
        self.assertEqual(self.balances(), (0, 0))

    def test_reset_to_draft(self):
        invoice = self.memberships[0]._issue_calls()
        self.pay(invoice)
        invoice.button_draft()
        self.assertEqual(self.balances(), (0, 0))
        # Odoo keeps the payment matched with the draft: posted again, the fee is income again
        invoice.action_post()
        self.assertEqual(self.balances(), (-100, 0))

    def test_lines_sum_to_the_cent(self):
        self.memberships.write({"amount": 33.33})
        self.memberships.payer_id = self.memberships[0].partner_id
        invoice = self.memberships._issue_calls()
        for amount in (10, 0.01, 50):
            self.pay(invoice, amount)
        self.pay(invoice)
        self.assertEqual(self.balances(), (-99.99, 0))

    def test_tax_is_not_income(self):
        product = self.env.ref("coup_de_pousse_membership.product_membership_fee")
        product.taxes_id = self.company_data["default_tax_sale"]
        invoice = self.memberships[0]._issue_calls()
        self.pay(invoice, 60)
        self.assertEqual(self.balances(), (-50, -50))
        self.pay(invoice)
        self.assertEqual(self.balances(), (-100, 0))

    def test_treasurer_without_accounting_rights_can_register_it(self):
        treasurer = self.users["treasurer"]
        membership = self.memberships[0].with_user(treasurer)
        invoice = membership._issue_calls()
        self.env["account.payment.register"].with_user(treasurer).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertEqual(self.balances(), (-100, 0))
