"""The dashboards of governance and of the whole network, opened in the browser."""

from odoo.addons.coup_de_pousse_membership.tests.metric.dashboard_checks import DashboardChecks
from odoo.tests import HttpCase, tagged

from ..common import ADDON, MEMBERSHIP, GovernanceCommon


@tagged("post_install", "-at_install")
class TestDashboard(DashboardChecks, GovernanceCommon, HttpCase):
    def test_governance(self):
        self.make_body((3,))
        values = self.check_dashboard(self.env.ref(f"{ADDON}.dashboard_governance"), self.users["director"])
        self.assertEqual((values["seats"], values["seats_vacant"], values["seats_vacant_rate"]), (3, 3, 1))
        overview = self.env["governance.overview"].with_user(self.users["director"]).get_overview()
        [vacant] = [card for card in overview["cards"] if card["name"] == "vacant"]
        self.assertEqual(vacant["count"], values["seats_vacant"], "the first screen says the same")

    def test_the_whole_network(self):
        director = self.make_user("all", f"{ADDON}.group_governance_director,{MEMBERSHIP}.group_membership_director")
        self.make_body((3,))
        values = self.check_dashboard(self.env.ref(f"{MEMBERSHIP}.dashboard_network"), director)
        self.assertEqual((values["seats_vacant"], values["attendance_rate"]), (3, None))
