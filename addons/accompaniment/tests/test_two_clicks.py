"""Nothing is done twice by two clicks: the buttons of accompaniment that make something."""

from odoo.addons.coup_de_pousse_membership.tests.races import RaceCase
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTwoClicks(RaceCase):
    def setUp(self):
        super().setUp()
        self.partner_id = self.make("res.partner", {"name": "Clicked twice", "is_company": True})
        self.scheme_id = self.make("accompaniment.scheme", {"name": "Scheme of two clicks", "day_rate": 500})

    def make_mission(self, **values):
        return self.make(
            "accompaniment.mission",
            {
                "name": "Mission of two clicks",
                "partner_id": self.partner_id,
                "scheme_id": self.scheme_id,
                "date_from": "2026-01-05",
                "phase_ids": [Command.create({"name": "Work", "days_planned": 2})],
                **values,
            },
        )

    def make_invoiceable(self, **values):
        """Make a running mission of 1,000 €, in an association that has a journal of sales."""
        company = self.env.company
        accounts = {}
        for kind, code in (("asset_receivable", "411999"), ("income", "706999")):
            accounts[kind] = self.make(
                "account.account",
                {"name": code, "code": code, "account_type": kind, "company_ids": [Command.set(company.ids)]},
            )
        self.make(
            "account.journal",
            {"name": "Two clicks", "code": "TWOCL", "type": "sale", "default_account_id": accounts["income"]},
        )
        self.give_account(accounts["asset_receivable"])
        self.addCleanup(self.give_account, False)
        mission_id = self.make_mission(
            cofunding_ids=[Command.create({"partner_id": self.partner_id, "amount": 1000})], **values
        )
        self.commit(lambda env: env["accompaniment.mission"].browse(mission_id).action_start())
        self.addCleanup(
            self.commit,
            lambda env: env["account.move"].search([("partner_id", "=", self.partner_id)]).unlink(),
        )
        return mission_id

    def give_account(self, account_id):
        self.commit(
            lambda env: env["res.partner"].browse(self.partner_id).write({"property_account_receivable_id": account_id})
        )

    def test_six_clicks_invoice_a_mission_once(self):
        mission_id = self.make_invoiceable()
        self.assert_once(
            "account.move",
            [("partner_id", "=", self.partner_id)],
            lambda env: env["accompaniment.mission"].browse(mission_id).action_invoice(),
            "Everything is invoiced",
            times=6,
        )

    def test_six_clicks_invoice_a_milestone_once(self):
        mission_id = self.make_invoiceable(milestone_ids=[Command.create({"name": "All", "percent": 100})])
        milestone_id = self.commit(lambda env: env["accompaniment.mission"].browse(mission_id).milestone_ids.id)
        self.assert_once(
            "account.move",
            [("partner_id", "=", self.partner_id)],
            lambda env: env["accompaniment.milestone"].browse(milestone_id).action_invoice(),
            "is invoiced already",
            times=6,
        )

    def test_a_request_becomes_one_mission(self):
        lead_id = self.make(
            "crm.lead",
            {
                "name": "Request of two clicks",
                "partner_id": self.partner_id,
                "scheme_id": self.scheme_id,
                "request_kind": "accompaniment",
            },
        )
        self.addCleanup(
            self.commit, lambda env: env["accompaniment.mission"].search([("lead_id", "=", lead_id)]).unlink()
        )
        self.assert_once(
            "accompaniment.mission",
            [("lead_id", "=", lead_id)],
            lambda env: env["crm.lead"].browse(lead_id).action_create_mission(),
        )

    def test_the_workshops_of_a_template_are_planned_once(self):
        mission_id = self.make_mission()
        template_id = self.make(
            "accompaniment.workshop.template",
            {"name": "Method", "line_ids": [Command.create({"name": "First", "hours": 2})]},
        )
        wizard_id = self.make(
            "accompaniment.workshop.wizard",
            {"mission_id": mission_id, "template_id": template_id, "first": "2026-02-02 09:00:00"},
        )
        self.assert_once(
            "accompaniment.workshop",
            [("mission_id", "=", mission_id)],
            lambda env: env["accompaniment.workshop.wizard"].browse(wizard_id).action_plan(),
            "is planned at this time already",
        )

    def test_participants_are_convened_once(self):
        mission_id = self.make_mission(
            participant_ids=[Command.create({"partner_id": self.partner_id, "role": "beneficiary"})]
        )
        workshop_id = self.make(
            "accompaniment.workshop",
            {"mission_id": mission_id, "name": "Session", "start": "2026-02-02 09:00:00", "hours": 2},
        )
        self.assert_once(
            "accompaniment.attendance",
            [("workshop_id", "=", workshop_id)],
            lambda env: env["accompaniment.workshop"].browse(workshop_id).action_convene(),
        )

    def test_bodies_are_proposed_once(self):
        mission_id = self.make_mission(body_before_ids=[Command.create({"name": "Assembly", "moment": "before"})])
        self.assert_once(
            "accompaniment.body",
            [("mission_id", "=", mission_id)],
            lambda env: env["accompaniment.mission"].browse(mission_id).action_propose_bodies(),
            "proposed already",
            times=3,
        )

    def make_plan(self, **values):
        plan_id = self.make(
            "funding.plan",
            {
                "name": "Plan of two clicks 2030",
                "partner_id": self.partner_id,
                "date_from": "2030-01-01",
                "date_to": "2030-12-31",
                **values,
            },
        )
        self.addCleanup(
            self.commit, lambda env: env["funding.plan"].search([("partner_id", "=", self.partner_id)]).unlink()
        )
        return plan_id

    def test_next_year_s_plan_is_made_once(self):
        plan_id = self.make_plan()
        self.assert_once(
            "funding.plan",
            [("previous_id", "=", plan_id)],
            lambda env: env["funding.plan"].browse(plan_id).action_next_year(),
            times=3,
        )

    def test_an_application_is_put_into_its_plan_once(self):
        funder_id = self.make("res.partner", {"name": "Funder of two clicks", "is_company": True})
        plan_id = self.make_plan()
        account_id = self.commit(
            lambda env: (
                env["funding.account"].search([("side", "=", "product"), ("is_in_kind", "=", False)], limit=1).id
            )
        )
        application_id = self.make(
            "funding.application",
            {
                "name": "Asked twice",
                "partner_id": self.partner_id,
                "funder_id": funder_id,
                "account_id": account_id,
                "amount_asked": 100,
                "date_from": "2030-01-01",
                "date_to": "2030-12-31",
            },
        )
        self.assert_once(
            "funding.line",
            [("plan_id", "=", plan_id)],
            lambda env: env["funding.application"].browse(application_id).action_to_plans(),
            times=3,
        )

    def test_closing_plans_the_reviews_once(self):
        mission_id = self.make_mission()
        self.commit(lambda env: env["accompaniment.mission"].browse(mission_id).action_start())
        self.assert_once(
            "accompaniment.review",
            [("mission_id", "=", mission_id)],
            lambda env: env["accompaniment.mission"].browse(mission_id).action_close(),
            "cannot go to this step",
            made=4,
        )
