"""Nothing but money received makes "paid": whatever settles a call is looked at for what it is."""

from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestNothingButMoney(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 120)])
        cls.loss = cls.account("654000", "Losses on receivables")

    @classmethod
    def account(cls, code, name, kind="expense"):
        accounts = cls.env["account.account"].with_company(cls.company)
        return accounts.search([("code", "=", code)], limit=1) or accounts.create(
            {"code": code, "name": name, "account_type": kind, "company_ids": [Command.link(cls.company.id)]}
        )

    def call(self, count=1):
        """Return memberships called on one invoice, and the invoice."""
        memberships = self.make_memberships(self.make_members(count, budget=1), self.grid)
        memberships.payer_id = memberships[0].partner_id
        return memberships, memberships._issue_calls()

    def receivable(self, move):
        return move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    def entry(self, call, lines, journal="default_journal_misc", day=None):
        """Post an entry that credits the payer and debits accounts; match it with the call."""
        term = self.receivable(call)
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company_data[journal].id,
                "date": day or self.today,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": term.account_id.id,
                            "partner_id": term.partner_id.id,
                            "credit": sum(amount for _account, amount in lines),
                        }
                    ),
                    *(Command.create({"account_id": account.id, "debit": amount}) for account, amount in lines),
                ],
            }
        )
        entry.action_post()
        (term | entry.line_ids.filtered("credit")).reconcile()
        return entry

    def match(self, *moves):
        self.receivable(self.env["account.move"].union(*moves)).filtered(lambda line: not line.reconciled).reconcile()

    def credit_note(self, call, amount, membership=None):
        """Type a credit note by hand, without the reversal link; match it with the call."""
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": call.partner_id.id,
                "journal_id": call.journal_id.id,
                "invoice_date": self.today,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Given back",
                            "price_unit": amount,
                            "tax_ids": [],
                            "membership_id": membership and membership.id,
                        }
                    )
                ],
            }
        )
        note.action_post()
        self.match(call, note)
        return note

    def assertAmounts(self, membership, state, due=0, paid=0, written_off=0):
        self.assertEqual(
            (membership.payment_state, membership.amount_due, membership.amount_paid, membership.written_off),
            (state, due, paid, written_off),
        )

    # ---- what brings no money ----

    def test_a_loss_is_not_a_payment(self):
        membership, call = self.call()
        self.entry(call, [(self.loss, 120)])
        self.assertEqual((call.amount_residual, call.payment_state), (0, "paid"), "what Odoo says")
        self.assertAmounts(membership, "called", written_off=120)
        self.assertEqual((membership.state, membership.member_id.state), ("unpaid", "unpaid"))

    def test_a_loss_typed_into_the_bank_journal_is_not_a_payment(self):
        membership, call = self.call()
        self.entry(call, [(self.loss, 120)], journal="default_journal_bank")
        self.assertAmounts(membership, "called", written_off=120)

    def test_a_compensation_is_not_a_payment(self):
        membership, call = self.call()
        self.entry(call, [(self.company_data["default_account_payable"], 120)])
        self.assertAmounts(membership, "called", written_off=120)

    def test_a_debt_moved_to_another_payer_is_not_a_payment(self):
        membership, call = self.call()
        self.entry(call, [(self.company_data["default_account_receivable"], 120)])
        self.assertAmounts(membership, "called", written_off=120)

    def test_a_payment_that_writes_off_the_rest_is_a_part(self):
        membership, call = self.call()
        self.env["account.payment.register"].with_context(active_model="account.move", active_ids=call.ids).create(
            {"amount": 70, "payment_difference_handling": "reconcile", "writeoff_account_id": self.loss.id}
        )._create_payments()
        self.assertEqual(call.amount_residual, 0)
        self.assertAmounts(membership, "partial", paid=70, written_off=50)

    def test_the_loss_taken_back_leaves_the_call_open(self):
        membership, call = self.call()
        entry = self.entry(call, [(self.loss, 120)])
        self.receivable(entry).remove_move_reconcile()
        self.assertAmounts(membership, "called", due=120)
        self.pay(call)
        self.assertAmounts(membership, "paid", paid=120)

    # ---- what is money ----

    def test_money_is_seen_wherever_it_was_booked(self):
        bank = self.company_data["default_journal_bank"].default_account_id
        fees = self.account("627000", "Bank fees")
        for name, lines in (("bank", [(bank, 120)]), ("cheques", [(self.company._get_cheque_account(), 120)])):
            with self.subTest(name):
                membership, call = self.call()
                self.entry(call, lines)
                self.assertAmounts(membership, "paid", paid=120)
        with self.subTest("the bank kept its fees"):
            membership, call = self.call()
            line = self.env["account.bank.statement.line"].create(
                {
                    "journal_id": self.company_data["default_journal_bank"].id,
                    "amount": 118,
                    "payment_ref": "HELLOASSO",
                    "date": self.today,
                }
            )
            _liquidity, suspense, _other = line._seek_for_lines()
            term = self.receivable(call)
            line.move_id.with_context(skip_readonly_check=True, force_delete=True).write(
                {
                    "line_ids": [
                        Command.delete(suspense.id),
                        Command.create(
                            {"account_id": term.account_id.id, "partner_id": term.partner_id.id, "credit": 120}
                        ),
                        Command.create({"account_id": fees.id, "debit": 2}),
                    ]
                }
            )
            self.match(call, line.move_id)
            self.assertAmounts(membership, "paid", paid=120)

    def test_a_surplus_is_money_received_earlier(self):
        first, call = self.call()
        self.pay(call, 300)
        second = self.make_memberships(self.make_members(1, budget=1, name="Later"), self.grid)
        second.payer_id = first.partner_id
        other = second._issue_calls()
        self.match(other, call.matched_payment_ids.move_id)
        self.assertAmounts(second, "paid", paid=120)

    # ---- credit notes ----

    def test_case_15_a_credit_note_that_names_nobody_is_not_a_payment(self):
        membership, call = self.call()
        self.credit_note(call, 120)
        self.assertAmounts(membership, "cancelled")
        self.assertNotEqual(membership.member_id.state, "member")

    def test_case_15_a_part_of_it_lowers_all_in_proportion(self):
        memberships, call = self.call(2)
        self.credit_note(call, 60)
        for membership in memberships:
            self.assertAmounts(membership, "called", due=90)
        self.pay(call)
        for membership in memberships:
            self.assertAmounts(membership, "paid", paid=90)

    def test_case_17_a_credit_note_counts_for_whom_it_names(self):
        (first, second), call = self.call(2)
        note = self.credit_note(call, 120, second)
        self.assertFalse(note.reversed_entry_id)
        self.assertAmounts(first, "called", due=120)
        self.assertAmounts(second, "cancelled")
        self.pay(call)
        self.assertAmounts(first, "paid", paid=120)

    def test_a_name_given_to_a_credit_note_later(self):
        (first, second), call = self.call(2)
        note = self.credit_note(call, 120)
        self.assertAmounts(first, "called", due=60)
        note.invoice_line_ids.membership_id = second
        self.assertAmounts(first, "called", due=120)
        self.assertAmounts(second, "cancelled")

    def test_a_credit_note_of_another_call_is_not_a_payment(self):
        membership, call = self.call()
        other = self.make_memberships(self.make_members(1, budget=1, name="Other"), self.grid)
        self.credit_note(call, 120, other)
        self.assertAmounts(membership, "called", written_off=120)

    # ---- all that follows ----

    def test_the_register_of_that_day_does_not_change(self):
        day = date(self.year, 3, 1)
        memberships = self.make_memberships(self.make_members(2, budget=1), self.grid)
        memberships.write({"applied_on": f"{self.year}-01-05", "admission_decided_on": f"{self.year}-01-10"})
        lost, paid = memberships
        for membership, account in (
            (lost, self.loss),
            (paid, self.company_data["default_journal_bank"].default_account_id),
        ):
            self.entry(membership._issue_calls(f"{self.year}-02-01"), [(account, 120)], day=day)
        states = memberships.member_id._states_at(day)
        self.assertEqual([states[membership.member_id] for membership in (lost, paid)], ["unpaid", "member"])

    def test_fees_of_the_overview_count_money(self):
        before = self.env["association.overview"].get_overview()["fees"]
        (lost, call), (_paid, paid_call), _open = self.call(), self.call(), self.call()
        self.entry(call, [(self.loss, 120)])
        self.pay(paid_call)
        fees = self.env["association.overview"].get_overview()["fees"]
        self.assertEqual(
            [fees[name] - before[name] for name in ("called", "collected", "open")], [360, 120, 120], lost.display_name
        )

    def test_income_on_receipt_follows_money(self):
        self.company.membership_income_recognition = "on_receipt"
        _membership, call = self.call()
        self.entry(call, [(self.loss, 120)])
        self.assertFalse(self.env["account.move"].search([("fee_call_id", "=", call.id)]))

    def test_instalments_given_up_are_not_paid(self):
        _membership, call = self.call()
        call._plan_instalments(3, self.today)
        self.pay(call, 40)
        self.entry(call, [(self.loss, 80)])
        self.assertEqual(call.instalment_ids.mapped("is_paid"), [True, False, False])
        self.assertEqual(call.instalment_ids.mapped("open_amount"), [0, 0, 0])
        self.assertFalse(any(call.instalment_ids.mapped("is_overdue")))

    def test_queries_do_not_grow(self):
        def cost(memberships):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.env.add_to_compute(memberships._fields["payment_state"], memberships)
            memberships.mapped("payment_state")
            return self.cr.sql_log_count - start

        groups = []
        for count in (2, 30):
            memberships = self.make_memberships(self.make_members(count, budget=1), self.grid)
            calls = memberships._issue_calls()
            self.pay(calls[: count // 2])
            self.entry(calls[-1], [(self.loss, 120)])
            groups.append(memberships)
        cost(groups[0])
        self.assertEqual(cost(groups[0]), cost(groups[1]))
        self.assertLess(cost(groups[1]), 20)
