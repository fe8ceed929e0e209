"""The dashboards of memberships and of the whole network, opened in the browser."""

from odoo.tests import HttpCase, tagged

from ..common import ADDON, MembershipCommon
from .common import MetricCommon
from .dashboard_checks import DashboardChecks


@tagged("post_install", "-at_install")
class TestDashboard(DashboardChecks, MetricCommon, HttpCase):
    def test_memberships(self):
        values = self.check_dashboard(self.env.ref(f"{ADDON}.dashboard_membership"), self.users["director"])
        self.assertEqual((values["members"], values["fees_collected"]), (4, 150))

    def test_the_whole_network(self):
        values = self.check_dashboard(self.env.ref(f"{ADDON}.dashboard_network"), self.users["director"])
        self.assertEqual(values["members"], 4)


@tagged("post_install", "-at_install")
class TestEmptyDashboard(MembershipCommon, HttpCase):
    def test_an_empty_one_shows_a_sample(self):
        user = self.users["director"]
        self.env["association.membership"].search([]).unlink()
        self.assertTrue(self.env.ref(f"{ADDON}.dashboard_membership").with_user(user)._dashboard_is_empty())
        self.browser_js(
            f"/odoo/action-{ADDON}.action_dashboard",
            """
            const look = (turns) => document.querySelector(".o-sample-dashboard .o-figure")
                ? console.log("test successful")
                : turns ? setTimeout(look, 200, turns - 1) : console.error("No sample is shown");
            look(300);
            """,
            ready="odoo.isReady === true",
            login=user.login,
            timeout=120,
        )
