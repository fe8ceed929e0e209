"""The register as it stood at a past day."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import tagged

from ..common import MembershipCommon

YEAR_END = date(2025, 12, 31)


@tagged("post_install", "-at_install")
class TestRegisterAt(MembershipCommon):
    """The register at 31 December 2025, asked for on 15 September 2026."""

    @classmethod
    def setUpClass(cls):
        with freeze_time("2026-09-15"):
            super().setUpClass()
            cls.grid = cls.make_grid([(None, None, 100)], date_from="2025-01-01", figures_year=2025)
            cls.next_grid = cls.make_grid([(None, None, 100)], name="2026")

    def setUp(self):
        super().setUp()
        freezer = freeze_time("2026-09-15")
        freezer.start()
        self.addCleanup(freezer.stop)

    def make_2025(self, called="2025-02-01", **values):
        """A member of 2025, admitted in January and called in February."""
        member = self.make_members(1, budget=1)
        membership = self.make_memberships(member, self.grid)
        membership.write({"applied_on": "2025-01-05", "admission_decided_on": "2025-01-10", **values})
        invoice = membership._issue_calls(called, called) if called else None
        return membership, invoice

    def pay_on(self, invoice, day, amount=None):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": day})
        )
        if amount:
            wizard.amount = amount
        return wizard._create_payments()

    def assertStates(self, membership, expected):
        for day, state in expected.items():
            with self.subTest(day=day):
                self.assertEqual(
                    membership.member_id._states_at(date.fromisoformat(day)), {membership.member_id: state}
                )

    def test_paid_in_time(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2025-03-15")
        self.assertStates(
            membership,
            {
                "2025-01-04": "none",
                "2025-01-05": "applicant",
                "2025-01-10": "unpaid",
                "2025-02-01": "unpaid",
                "2025-03-14": "unpaid",
                "2025-03-15": "member",
                "2025-12-31": "member",
                "2026-01-01": "former",
            },
        )

    def test_called_before_and_paid_after(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2026-02-01")
        self.assertStates(membership, {"2025-12-31": "unpaid", "2026-03-01": "former"})
        self.assertEqual(membership.payment_state, "paid")

    def test_where_the_call_gives_the_rights(self):
        membership, _invoice = self.make_2025(category_id=self.authority.id)
        self.assertStates(membership, {"2025-01-31": "unpaid", "2025-02-01": "member", "2025-12-31": "member"})

    def test_paid_in_two_parts(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2025-06-01", 40)
        self.pay_on(invoice, "2026-01-10")
        self.assertStates(membership, {"2025-12-31": "unpaid"})

    def test_paid_then_given_back(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2025-03-15")
        reversal = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": "2026-02-01"})
        )
        reversal.refund_moves()
        refund = membership.line_ids.move_id - invoice
        refund.invoice_date = "2026-02-01"
        refund.action_post()
        self.assertEqual(membership.state, "cancelled")
        self.assertStates(membership, {"2025-12-31": "member", "2026-01-31": "former", "2026-02-01": "none"})

    def test_withdrawn_by_credit_note(self):
        membership, invoice = self.make_2025()
        with freeze_time("2025-11-30"):
            membership._withdraw_calls()
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertStates(membership, {"2025-11-29": "unpaid", "2025-11-30": "none", "2025-12-31": "none"})

    def test_resigned_later(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2025-03-15")
        member = membership.member_id
        renewal = self.make_memberships(member, self.next_grid)
        renewal.write({"applied_on": "2025-11-20", "payer_id": member.partner_id.id})
        member._record_departure(date(2026, 3, 31), "resigned", dues="all")
        self.assertStates(
            membership, {"2025-12-31": "member", "2026-01-01": "unpaid", "2026-03-31": "unpaid", "2026-04-01": "left"}
        )
        entry = member._register_at(date(2026, 6, 1))[member]
        self.assertEqual((entry.left_on, entry.reason), (date(2026, 3, 31), "resigned"))
        entry = member._register_at(YEAR_END)[member]
        self.assertEqual((entry.left_on, entry.since, entry.membership), (False, date(2025, 1, 1), membership))

    def test_left_before_then_came_back(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2025-03-15")
        member = membership.member_id
        member._record_departure(date(2025, 9, 30), "resigned")
        member._join_again(date(2026, 2, 1))
        again = self.make_memberships(member, self.next_grid, admit=False)
        again.write(
            {
                "date_from": "2026-02-01",
                "applied_on": "2026-02-01",
                "admission": "admitted",
                "admission_decided_on": "2026-02-01",
            }
        )
        self.assertStates(
            membership,
            {
                "2025-09-30": "member",
                "2025-10-01": "left",
                "2025-12-31": "left",
                "2026-01-31": "left",
                "2026-02-01": "unpaid",
            },
        )

    def test_next_year_given_up(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2025-03-15")
        member = membership.member_id
        renewal = self.make_memberships(member, self.next_grid)
        renewal.applied_on = "2025-11-20"
        with freeze_time("2025-12-10"):
            member._record_departure(date(2025, 12, 31), "dissolved")
        self.assertEqual(renewal.withdrawn_on, date(2025, 12, 10))
        self.assertStates(membership, {"2025-12-31": "member", "2026-01-01": "left"})

    def test_joined_later(self):
        membership, _invoice = self.make_2025(
            called=None,
            applied_on="2026-02-01",
            admission_decided_on="2026-03-10",
            date_from="2026-01-01",
            date_to="2026-12-31",
        )
        self.assertStates(
            membership, {"2025-12-31": "none", "2026-01-31": "none", "2026-02-28": "applicant", "2026-03-10": "unpaid"}
        )
        member = membership.member_id
        member.since = "2026-01-01"
        self.assertFalse(member._register_at(YEAR_END)[member].since)

    def test_category_of_the_day(self):
        membership, _invoice = self.make_2025()
        member = membership.member_id
        member.category_id = self.authority
        renewal = self.make_memberships(member, self.next_grid)
        entry = member._register_at(YEAR_END)[member]
        self.assertEqual((entry.category, entry.college), (self.category, self.category.college_id))
        self.assertEqual(renewal.category_id, self.authority)
        self.assertEqual(member._register_at(date(2026, 6, 1))[member].category, self.authority)

    def test_one_call_for_two_partly_paid(self):
        first, _none = self.make_2025(called=None)
        second, _none = self.make_2025(called=None)
        both = first | second
        both.payer_id = first.partner_id
        invoice = both._issue_calls("2025-02-01", "2025-02-01")
        self.pay_on(invoice, "2025-04-01", 120)
        self.pay_on(invoice, "2026-01-05")
        for membership in both:
            self.assertStates(membership, {"2025-12-31": "unpaid"})
        self.assertEqual(set(both.mapped("payment_state")), {"paid"})

    def test_today_is_what_the_files_say(self):
        """Whatever happened, the register of today and the states on screen are the same."""
        self.make_2025()
        _paid, invoice = self.make_2025()
        self.pay_on(invoice, "2025-03-15")
        members = self.make_members(12, budget=1, name="Now")
        now = self.make_memberships(members, self.next_grid, admit=False)
        now[1:]._decide_admission("admitted", date(2026, 1, 10), "Board")
        self.pay_on(now[2]._issue_calls("2026-02-01"), "2026-03-01")
        self.pay_on(now[3]._issue_calls("2026-02-01"), "2026-03-01", 10)
        now[4]._issue_calls("2026-02-01")
        now[5]._issue_calls("2026-02-01").button_draft()
        now[6]._issue_calls("2026-02-01")._reverse_moves(cancel=True)
        cancelled = now[7]._issue_calls("2026-02-01")
        cancelled.button_draft()
        cancelled.button_cancel()
        members[8]._record_departure(date(2026, 6, 30), "resigned", dues="all")
        members[9]._record_departure(date(2026, 12, 31), "resigned", dues="all")
        now[10].ended_on = "2026-05-31"
        now[11].write({"date_from": "2026-11-01"})
        everybody = self.env["association.member"].search([("company_id", "=", self.company.id)])
        states = everybody._states_at(date(2026, 9, 15))
        self.assertGreater(len(set(states.values())), 6)
        for member in everybody:
            with self.subTest(member=member.display_name):
                self.assertEqual(states[member], member.state)

    def test_payment_that_waits_for_the_bank(self):
        """Without an outstanding account, Odoo writes no entry until the bank confirms."""
        move = type(self.env["account.move"])
        membership, invoice = self.make_2025()
        self.company_data["default_journal_bank"].inbound_payment_method_line_ids.payment_account_id = False
        with patch.object(move, "_get_invoice_in_payment_state", lambda _self: "in_payment"):
            payment = self.pay_on(invoice, "2025-12-20")
            self.env.flush_all()
        self.assertFalse(payment.move_id)
        self.assertEqual(membership.payment_state, "paid")
        self.assertStates(membership, {"2025-12-19": "unpaid", "2025-12-31": "member"})

    def test_archived_and_readers(self):
        membership, invoice = self.make_2025()
        self.pay_on(invoice, "2025-03-15")
        member = membership.member_id
        member.action_archive()
        for role in ("director", "office", "treasurer"):
            self.assertEqual(list(member.with_user(self.users[role])._states_at(YEAR_END).values()), ["member"])

    def test_queries_do_not_grow(self):
        def cost(members):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            members._register_at(YEAR_END)
            return self.cr.sql_log_count - start

        few = self.make_members(2, budget=1)
        many = self.make_members(40, budget=1, name="Many")
        for members in (few, many):
            memberships = self.make_memberships(members, self.grid)
            memberships.write({"applied_on": "2025-01-05", "admission_decided_on": "2025-01-10"})
            self.pay(memberships[: len(memberships) // 2]._issue_calls("2025-02-01"))
        cost(few)
        self.assertEqual(cost(few), cost(many))
        self.assertLess(cost(many), 16)
