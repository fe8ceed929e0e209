"""The adviser's first screen and the workload, in the browser."""

from dateutil.relativedelta import relativedelta
from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestOverviewTour(AccompanimentCommon, HttpCase):
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
        self.start_tour("/odoo/accompaniment", "accompaniment.overview", login=self.users["adviser"].login, timeout=180)
