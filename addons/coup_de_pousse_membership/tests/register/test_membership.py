"""Memberships and members' files: states whatever way they were paid, calls, the passing of time."""

from datetime import date, timedelta

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestMembership(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])

    def make_one(self, **kwargs):
        return self.make_memberships(self.make_members(1, budget=1), self.grid, **kwargs)

    # ---- the three facts ----

    def test_called_is_not_paid(self):
        membership = self.make_one()
        self.assertEqual((membership.payment_state, membership.state), ("not_called", "unpaid"))
        invoice = membership._issue_calls()
        self.assertEqual((membership.payment_state, membership.state), ("called", "unpaid"))
        self.assertEqual((membership.amount_due, membership.member_id.state), (100, "unpaid"))
        self.pay(invoice)
        self.assertEqual((membership.payment_state, membership.state), ("paid", "active"))
        self.assertEqual((membership.amount_due, membership.member_id.state), (0, "member"))

    def test_called_counts_where_the_category_says_so(self):
        member = self.make_members(1, budget=1, category=self.authority)
        membership = self.make_memberships(member, self.grid)
        self.assertEqual(membership.state, "unpaid", "nothing has been called yet")
        membership._issue_calls()
        self.assertEqual((membership.payment_state, membership.state), ("called", "active"))
        self.authority.called_counts = False
        self.assertEqual(membership.state, "unpaid")

    def test_paid_is_not_admitted(self):
        membership = self.make_one()
        self.pay(membership._issue_calls())
        membership.write({"admission": "applied"})
        self.assertEqual((membership.payment_state, membership.state), ("paid", "applied"))
        self.assertEqual(membership.member_id.state, "applicant")

    def test_refused(self):
        membership = self.make_one(admit=False)
        self.assertEqual(membership.member_id.state, "applicant")
        membership._decide_admission("refused", self.today, "Board")
        self.assertEqual((membership.state, membership.member_id.state), ("refused", "refused"))
        self.assertFalse(membership.member_id.since)
        with self.assertRaisesRegex(UserError, "Already decided"):
            membership._decide_admission("admitted", self.today, "Board")
        # a refusal leaves room for a new application over the same days
        self.make_memberships(membership.member_id, self.grid)

    def test_free(self):
        grid = self.make_grid([(None, None, 0)], name="Free grid")
        membership = self.make_memberships(self.make_members(1, budget=1), grid)
        self.assertEqual((membership.payment_state, membership.state), ("free", "active"))
        with self.assertRaisesRegex(UserError, "free"):
            membership._issue_calls()

    # ---- whatever route the payment took ----

    def test_partial_payment(self):
        membership = self.make_one()
        invoice = membership._issue_calls()
        self.pay(invoice, 40)
        self.assertEqual((membership.payment_state, membership.state), ("partial", "unpaid"))
        self.assertEqual(membership.amount_due, 60)
        self.pay(invoice)
        self.assertEqual((membership.payment_state, membership.amount_due), ("paid", 0))

    def test_paid_through_the_bank(self):
        membership = self.make_one()
        invoice = membership._issue_calls()
        receivable = invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
        statement = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": self.today,
                "payment_ref": invoice.name,
                "amount": 100,
                "partner_id": invoice.partner_id.id,
            }
        )
        _liquidity, suspense, _other = statement._seek_for_lines()
        suspense.account_id = receivable.account_id
        (suspense | receivable).reconcile()
        self.assertEqual((membership.payment_state, membership.state), ("paid", "active"))
        (suspense | receivable).remove_move_reconcile()
        self.assertEqual((membership.payment_state, membership.state), ("called", "unpaid"))

    def reverse(self, invoice, **values):
        return (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, **values})
        )

    def test_credit_note(self):
        membership = self.make_one()
        invoice = membership._issue_calls()
        self.reverse(invoice).refund_moves()
        self.assertEqual(membership.payment_state, "called", "a draft credit note changes nothing")
        membership.line_ids.move_id.filtered(lambda m: m.state == "draft").action_post()
        self.assertEqual((membership.payment_state, membership.state), ("cancelled", "cancelled"))
        self.assertEqual(membership.member_id.state, "none")

    def test_credit_note_after_payment_and_new_call(self):
        membership = self.make_one()
        invoice = membership._issue_calls()
        self.pay(invoice)
        self.reverse(invoice).modify_moves()
        refund = membership.line_ids.move_id.filtered(lambda m: m.move_type == "out_refund")
        again = membership.line_ids.move_id.filtered(lambda m: m.state == "draft")
        self.assertEqual(refund.state, "posted")
        self.assertEqual(membership.payment_state, "cancelled")
        again.action_post()
        self.assertIn(membership.payment_state, ("called", "paid"))

    def test_partial_credit_note_is_no_payment(self):
        membership = self.make_one()
        invoice = membership._issue_calls()
        self.reverse(invoice).refund_moves()
        refund = membership.line_ids.move_id - invoice
        refund.invoice_line_ids.price_unit = 30
        refund.action_post()
        receivables = (invoice | refund).line_ids.filtered(lambda line: line.display_type == "payment_term")
        receivables.reconcile()
        self.assertEqual((membership.payment_state, membership.amount_due), ("called", 70))
        self.pay(invoice)
        self.assertEqual((membership.payment_state, membership.amount_due), ("paid", 0))

    def test_reset_to_draft_and_cancel(self):
        membership = self.make_one()
        invoice = membership._issue_calls()
        self.pay(invoice)
        invoice.button_draft()
        self.assertEqual((membership.payment_state, membership.state), ("not_called", "unpaid"))
        with self.assertRaisesRegex(UserError, "draft call exists"):
            membership._issue_calls()
        invoice.button_cancel()
        self.assertEqual((membership.payment_state, membership.state), ("cancelled", "cancelled"))
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(membership.payment_state, "called")

    def test_payment_undone(self):
        membership = self.make_one()
        invoice = membership._issue_calls()
        payment = self.pay(invoice)
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual((membership.payment_state, membership.amount_due), ("called", 100))

    # ---- calls ----

    def test_call(self):
        membership = self.make_one()
        invoice = membership._issue_calls(due_date=self.today + timedelta(days=30))
        line = invoice.invoice_line_ids
        self.assertEqual(
            (invoice.state, invoice.move_type, invoice.journal_id.code),
            ("posted", "out_invoice", "COT"),
        )
        self.assertEqual(invoice.invoice_date_due, self.today + timedelta(days=30))
        self.assertEqual(line.account_id.code, "756100")
        self.assertFalse(line.tax_ids)
        self.assertEqual(line.membership_id, membership)
        self.assertIn(membership.quote_sentence, line.name)
        self.assertIn("261-7-1°", invoice.narration)
        self.assertTrue(invoice.is_membership_call)

    def test_call_with_counterpart(self):
        self.category.product_id = self.env.ref("coup_de_pousse_membership.product_membership_fee_counterpart")
        invoice = self.make_one()._issue_calls()
        self.assertEqual(invoice.invoice_line_ids.account_id.code, "756200")

    def test_call_with_tax(self):
        tax = self.company_data["default_tax_sale"]
        product = self.env.ref("coup_de_pousse_membership.product_membership_fee")
        product.taxes_id = tax
        self.company.membership_tax_regime = "taxed"
        membership = self.make_one()
        invoice = membership._issue_calls()
        self.assertEqual((invoice.amount_untaxed, invoice.amount_total), (100, 120))
        self.assertFalse(invoice.narration)
        self.pay(invoice)
        self.assertEqual(membership.payment_state, "paid")

    def test_one_call_for_members_with_one_payer(self):
        members = self.make_members(3, budget=1)
        memberships = self.make_memberships(members, self.grid)
        memberships.payer_id = members[0].partner_id
        invoice = memberships._issue_calls()
        self.assertEqual((len(invoice), invoice.amount_total), (1, 300))
        self.assertIn("Organisation 2", invoice.invoice_line_ids[2].name)
        self.pay(invoice, 120)
        self.assertEqual(set(memberships.mapped("payment_state")), {"partial"})
        self.assertEqual(sum(memberships.mapped("amount_due")), 180)
        self.pay(invoice)
        self.assertEqual(set(memberships.mapped("state")), {"active"})

    def test_call_is_addressed_to_the_billing_correspondent(self):
        membership = self.make_one()
        organisation = membership.partner_id
        inside, outside = self.env["res.partner"].create(
            [{"name": "Inside", "parent_id": organisation.id}, {"name": "Outside"}]
        )
        correspondent = self.env["association.correspondent"].create(
            {"member_id": membership.member_id.id, "partner_id": inside.id, "role": "billing"}
        )
        self.assertEqual(membership._get_addressees(self.today), {organisation: inside})
        correspondent.partner_id = outside
        self.assertFalse(membership._get_addressees(self.today), "would owe the fee itself")
        correspondent.partner_id = inside
        invoice = membership._issue_calls()
        self.assertEqual(invoice.partner_id, inside)
        self.assertEqual(invoice.commercial_partner_id, organisation)
        self.assertEqual(invoice.line_ids.partner_id, organisation)

    def test_nobody_is_called_twice_and_all_or_none(self):
        members = self.make_members(2, budget=1)
        memberships = self.make_memberships(members, self.grid)
        memberships[0]._issue_calls()
        with self.assertRaisesRegex(UserError, "Already called"):
            memberships._issue_calls()
        self.assertEqual(memberships[1].payment_state, "not_called")
        memberships[1]._issue_calls()
        applied = self.make_one(admit=False)
        with self.assertRaisesRegex(UserError, "Not admitted"):
            applied._issue_calls()

    # ---- over time ----

    def test_since_is_the_first_joining(self):
        membership = self.make_one()
        member = membership.member_id
        self.assertEqual(member.since, date(self.year, 1, 1))
        member.since = date(2001, 5, 5)
        later = self.make_grid([(None, None, 100)], date_from=f"{self.year + 1}-01-01", figures_year=self.year - 1)
        self.make_memberships(member, later)
        self.assertEqual(member.since, date(2001, 5, 5))

    def test_renewal_needs_no_new_admission(self):
        first = self.make_one()
        later = self.make_grid([(None, None, 100)], date_from=f"{self.year + 1}-01-01", figures_year=self.year - 1)
        second = self.make_memberships(first.member_id, later, admit=False)
        self.assertEqual(second.admission, "admitted")
        self.assertEqual(second.previous_id, first)
        self.assertEqual(second.state, "upcoming")

    def test_paid_in_advance_then_the_year_turns(self):
        first = self.make_one()
        self.pay(first._issue_calls())
        member = first.member_id
        later = self.make_grid([(None, None, 100)], date_from=f"{self.year + 1}-01-01", figures_year=self.year - 1)
        second = self.make_memberships(member, later)
        self.pay(second._issue_calls())
        self.assertEqual((first.state, second.state, member.state), ("active", "upcoming", "member"))
        new_year = date(self.year + 1, 1, 1)
        self.assertEqual(member.next_change_on, new_year)
        with freeze_time(new_year):
            member._cron_refresh_states()
            self.assertEqual((first.state, second.state, member.state), ("expired", "active", "member"))
            self.assertEqual(member.next_change_on, date(self.year + 2, 1, 1))

    def test_paid_in_arrears(self):
        past = self.make_grid([(None, None, 100)], date_from=f"{self.year - 1}-01-01", figures_year=self.year - 1)
        membership = self.make_memberships(self.make_members(1, budget=1), past)
        invoice = membership._issue_calls()
        self.assertEqual((membership.state, membership.member_id.state), ("expired", "former"))
        self.assertEqual(membership.amount_due, 100)
        self.pay(invoice)
        self.assertEqual((membership.state, membership.payment_state), ("expired", "paid"))

    def test_refresh_does_what_the_rules_say(self):
        """The set-based refresh and the rules in Python agree at every day around the changes."""
        members = self.make_members(6, budget=1)
        memberships = self.make_memberships(members, self.grid)
        self.pay(memberships[:2]._issue_calls())
        memberships[1].ended_on = date(self.year, 11, 30)
        members[2].write({"left_on": date(self.year, 12, 10), "end_reason": "resigned"})
        memberships[3].write({"date_from": date(self.year + 1, 3, 1), "date_to": date(self.year + 1, 9, 30)})
        memberships[4].write({"admission": "applied"})
        for day in (
            date(self.year, 12, 1),
            date(self.year, 12, 11),
            date(self.year + 1, 1, 1),
            date(self.year + 1, 3, 1),
            date(self.year + 1, 10, 1),
        ):
            with self.subTest(day=day), freeze_time(day):
                members._refresh_states()
                refreshed = memberships.mapped("state"), members.mapped("state")
                changes = memberships.mapped("next_change_on"), members.mapped("next_change_on")
                memberships._compute_state()
                members._compute_state()
                self.assertEqual(refreshed, (memberships.mapped("state"), members.mapped("state")))
                self.assertEqual(
                    changes,
                    (memberships.mapped("next_change_on"), members.mapped("next_change_on")),
                )

    def test_refresh_costs_one_query_when_nothing_changes(self):
        members = self.make_members(30, budget=1)
        self.make_memberships(members, self.grid)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(members._refresh_states(), 0)
        with freeze_time(date(self.year + 1, 1, 1)):
            start = self.cr.sql_log_count
            self.assertEqual(members[0]._refresh_states(), 30)
            self.assertEqual(self.cr.sql_log_count - start, 3)
        self.assertEqual(set(members.mapped("state")), {"former"})

    def test_departure(self):
        membership = self.make_one()
        member = membership.member_id
        yesterday = self.today - timedelta(days=1)
        if yesterday < membership.date_from:
            self.skipTest("On 1 January the membership has not begun yesterday.")
        member.write({"left_on": yesterday, "end_reason": "resigned"})
        self.assertEqual((membership.last_day, membership.state), (yesterday, "expired"))
        self.assertEqual(member.state, "left")
        _memberships, refused = self.grid._create_memberships(member)
        self.assertIn("Has left", refused[member])
