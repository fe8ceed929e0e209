"""Attendance marked at the door, and dates typed in, in the browser."""

from datetime import date

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestWorkshopTour(AccompanimentCommon, HttpCase):
    def test_one_click_is_one_mark_at_the_door(self):
        mission = self.make_mission()
        people = self.env["res.partner"].create([{"name": f"Person {rank}"} for rank in range(3)])
        workshop = self.env["accompaniment.workshop"].create(
            {
                "mission_id": mission.id,
                "name": "Governance",
                "start": "2017-04-27 08:00:00",
                "attendance_ids": [Command.create({"partner_id": person.id}) for person in people],
            }
        )
        url = f"/odoo/action-accompaniment.action_accompaniment_workshop/{workshop.id}"
        self.start_tour(url, "accompaniment.door", login=self.users["adviser"].login, timeout=180)
        self.assertEqual(workshop.attendance_ids.mapped("status"), ["present", "absent", "present"])

    def test_a_date_typed_and_left_by_tab_stays(self):
        mission = self.make_mission()
        url = f"/odoo/action-accompaniment.action_accompaniment_mission/{mission.id}"
        self.start_tour(url, "accompaniment.dates_by_tab", login=self.users["adviser"].login, timeout=180)
        self.assertEqual(mission.phase_ids[0].date_from, date(2017, 4, 10))
