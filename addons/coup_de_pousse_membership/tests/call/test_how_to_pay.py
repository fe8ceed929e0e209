"""Calls say how to pay, and until when."""

from datetime import date, timedelta

from odoo.tests import Form, tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestHowToPay(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.memberships = cls.make_memberships(cls.make_members(3, budget=1), cls.grid)

    def wizard(self, memberships):
        return self.env["association.call.wizard"].with_context(
            active_model="association.membership", active_ids=memberships.ids
        )

    def test_a_call_is_due_in_thirty_days_not_the_same_day(self):
        first, second, third = self.memberships
        day = date(2026, 3, 1)
        self.assertEqual(first._issue_calls(day).invoice_date_due, date(2026, 3, 31))
        self.company.membership_due_days = 45
        self.assertEqual(second._issue_calls_in_bulk(day).invoice_date_due, date(2026, 4, 15))
        self.company.membership_payment_term_id = self.env.ref("account.account_payment_term_immediate")
        self.assertEqual(third._issue_calls(day).invoice_date_due, day)

    def test_the_window_proposes_the_day(self):
        form = Form(self.wizard(self.memberships))
        self.assertEqual(form.due_date, self.today + timedelta(days=30))
        form.invoice_date = "2026-05-01"
        self.assertEqual(form.due_date, date(2026, 5, 31))
        form.due_date = "2026-06-15"
        calls = self.memberships.browse(
            form.save().action_confirm()["domain"] and self.memberships.ids
        ).line_ids.move_id
        self.assertEqual(set(calls.mapped("invoice_date_due")), {date(2026, 6, 15)})

    def test_without_an_account_to_pay_into_the_screens_warn(self):
        self.company.partner_id.bank_ids.unlink()
        campaign = self.env["association.campaign"].create({"name": "C", "grid_id": self.grid.id})
        launch = self.env["association.campaign.launch.wizard"].new({"campaign_id": campaign.id})
        call = self.wizard(self.memberships).new({})
        overview = self.env["association.overview"].with_user(self.users["treasurer"])

        def cards():
            return {card["name"] for card in overview.get_overview()["cards"]}

        self.assertTrue(all((campaign.account_missing, launch.account_missing, call.account_missing)))
        self.assertIn("account_missing", cards())
        self.assertTrue(self.memberships._issue_calls(), "a warning, not a refusal")
        action = self.env.ref("coup_de_pousse_membership.action_membership_accounts")
        opened = action.with_user(self.users["treasurer"]).run()
        self.assertEqual(opened["domain"], [("partner_id", "=", self.company.partner_id.id)])
        self.env["res.partner.bank"].with_user(self.users["treasurer"]).with_context(**opened["context"]).create(
            {"acc_number": "FR76 3000 6000 0112 3456 7890 189"}
        )
        self.env.invalidate_all()
        self.assertFalse(any((campaign.account_missing, call.account_missing)))
        self.assertNotIn("account_missing", cards())

    def test_the_account_is_the_first_step(self):
        self.memberships.unlink()
        self.company.partner_id.bank_ids.unlink()
        overview = self.env["association.overview"].with_user(self.users["treasurer"])
        self.assertEqual([step["done"] for step in overview.get_overview()["steps"]], [False, True, True, False])
        self.env["res.partner.bank"].create(
            {"acc_number": "FR7630006000011234567890189", "partner_id": self.company.partner_id.id}
        )
        step, *_others = overview.get_overview()["steps"]
        self.assertEqual((step["done"], step["action"].split(".")[1]), (True, "action_membership_accounts"))

    def test_nobody_joins_before_applying(self):
        cases = [
            # first day, last day, applied on, member since
            ("2026-01-01", "2026-12-31", "2026-03-15", "2026-03-15"),
            ("2026-01-01", "2026-12-31", "2025-11-20", "2026-01-01"),
            # history typed in later says nothing of the application
            ("2020-01-01", "2020-12-31", "2026-03-15", "2020-01-01"),
            ("2026-01-01", "2026-12-31", False, "2026-01-01"),
            # typed in after the decision, which is of 1 April
            ("2026-01-01", "2026-12-31", "2026-09-15", "2026-04-01"),
        ]
        for start, end, applied, since in cases:
            with self.subTest(start=start, applied=applied):
                member = self.make_members(1, budget=1)
                membership = self.env["association.membership"].create(
                    {"member_id": member.id, "date_from": start, "date_to": end, "applied_on": applied}
                )
                membership._decide_admission("admitted", date(2026, 4, 1), "Board")
                self.assertEqual(member.since, date.fromisoformat(since))
