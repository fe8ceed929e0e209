"""Funding in the browser: a plan typed and pasted, a joint application from idea to its place in the plan."""

from odoo.tests import HttpCase, tagged

from ..common import ADDON, AccompanimentCommon


@tagged("post_install", "-at_install")
class TestFundingTour(AccompanimentCommon, HttpCase):
    def start(self, action, name):
        self.make_mission()
        self.start_tour(
            f"/odoo/action-{ADDON}.{action}", f"{ADDON}.{name}", login=self.users["adviser"].login, timeout=300
        )
        self.env.invalidate_all()

    def test_a_plan_typed_and_pasted_to_its_vote(self):
        self.start("action_funding_plan", "funding_plan")
        plan = self.env["funding.plan"].search([("name", "=", "Plan typed")])
        self.assertEqual((plan.total_products, plan.secured, plan.balance, plan.state), (75000, 70000, 0, "voted"))
        self.assertEqual(plan.scenario_ids.mapped("secured"), [10000, 10000])

    def test_a_joint_application_from_idea_to_its_balance_paid(self):
        self.env["res.partner"].create({"name": "Second network", "is_company": True})
        plan = self.env["funding.plan"].create({"name": "Plan", "partner_id": self.lianes.id})
        self.start("action_funding_application", "joint_application")
        application = self.env["funding.application"].search([("name", "=", "Common collection")])
        self.assertEqual(
            (application.amount_asked, application.amount_granted, application.stage), (10000, 5000, "granted")
        )
        self.assertEqual((plan.line_ids.application_id, plan.secured), (application, 5000))
        paid = plan.instalment_ids
        self.assertEqual((paid.kind, paid.amount_received, paid.amount_left), ("balance", 5000, 0))
        self.assertEqual(plan.line_ids.amount_received, 5000)
