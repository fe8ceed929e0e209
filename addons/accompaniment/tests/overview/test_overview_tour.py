"""The adviser's first screen and the workload, in the browser."""

from dateutil.relativedelta import relativedelta
from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestOverviewTour(AccompanimentCommon, HttpCase):
    def make_overdue(self, mission, today):
        """Have 1,000 € of the mission's organisation overdue: the card of it shows the amount."""
        plan = self.env["funding.plan"].create(
            {"name": "Plan", "partner_id": mission.partner_id.id, "mission_id": mission.id}
        )
        account = self.env["funding.account"].search([("side", "=", "product"), ("code", "=", "758")])
        line = self.env["funding.line"].create(
            {"plan_id": plan.id, "account_id": account.id, "amount_planned": 1000, "amount_granted": 1000}
        )
        self.env["funding.instalment"].create(
            {"line_id": line.id, "date_expected": today - relativedelta(months=6), "amount": 1000}
        )

    def test_from_the_first_screen_to_the_workload(self):
        today = fields.Date.context_today(self.env.user)
        first = today.replace(day=1)
        for role in ("adviser", "colleague"):
            mission = self.make_mission(
                self.users[role],
                name="Tour mission",
                date_from=first - relativedelta(years=1),
                date_to=today - relativedelta(days=1),
                phase_ids=[Command.create({"name": "All", "days_planned": 18, "date_from": first, "date_to": today})],
            )
            mission.action_start()
            if role == "adviser":
                self.make_overdue(mission, today)
        self.start_tour("/odoo/accompaniment", "accompaniment.overview", login=self.users["adviser"].login, timeout=180)
