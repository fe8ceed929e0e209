"""The dashboards of accompaniment, of funding and of the whole network, opened in the browser."""

from odoo.addons.coup_de_pousse_membership.tests.metric.dashboard_checks import DashboardChecks
from odoo.tests import HttpCase, tagged

from ..common import ADDON
from ..funding.common import FundingCommon

MEMBERSHIP = "coup_de_pousse_membership"


@tagged("post_install", "-at_install")
class TestDashboard(DashboardChecks, FundingCommon, HttpCase):
    def test_accompaniment(self):
        self.mission.action_start()
        values = self.check_dashboard(self.env.ref(f"{ADDON}.dashboard_accompaniment"), self.users["director"])
        running = self.env["accompaniment.mission"].search_count([("state", "=", "running")])
        self.assertEqual(values["missions_running"], running)
        self.assertGreater(values["days_left"], 0)

    def test_funding(self):
        self.plan.write({"date_from": f"{self.today.year}-01-01", "date_to": f"{self.today.year}-12-31"})
        others = self.env["funding.plan"].search([("id", "!=", self.plan.id)])
        others.write({"state": "draft", "date_from": "2001-01-01", "date_to": "2001-12-31"})
        values = self.check_dashboard(self.env.ref(f"{ADDON}.dashboard_funding"), self.users["director"])
        self.assertEqual((values["funding_granted"], values["funding_planned"]), (144000, 195000))
        self.assertAlmostEqual(values["first_share_average"], 0.2675, 4)
        self.assertAlmostEqual(values["concentration_average"], 0.174, 3)
        self.assertEqual(self.env["association.metric"]._get("concentration_average").unit, "index")

    def test_the_whole_network(self):
        values = self.check_dashboard(self.env.ref(f"{MEMBERSHIP}.dashboard_network"), self.users["director"])
        self.assertIn("missions_running", values)
        self.assertIn("members", values)

    def test_an_average_of_no_plan_is_unknown(self):
        self.env["funding.plan"].search([]).write({"date_from": "2001-01-01", "date_to": "2001-12-31"})
        metric = self.env["association.metric"]._get("first_share_average")
        self.assertIsNone(metric._get_values(date_from=self.today, date_to=self.today)["first_share_average"])

    def test_an_adviser_sees_their_own_app_s(self):
        seen = self.env["spreadsheet.dashboard"].with_user(self.users["adviser"]).search([("metric_ids", "!=", False)])
        self.assertEqual(
            seen, self.env.ref(f"{ADDON}.dashboard_accompaniment") | self.env.ref(f"{ADDON}.dashboard_funding")
        )
