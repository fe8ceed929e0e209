"""Days of a mission by person."""

from odoo.tests import tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestPeople(AccompanimentCommon):
    def test_who_worked_what(self):
        mission = self.make_mission()
        consultant = self.env["res.partner"].create({"name": "A consultant"})
        mission.phase_ids[1].intervener_id = consultant
        self.enter_days(mission.phase_ids[0], 2.5)
        self.enter_days(mission.phase_ids[1], 4, intervener_id=consultant.id)
        self.enter_days(mission.phase_ids[1], 2, intervener_id=consultant.id)
        self.enter_days(mission.phase_ids[2], 1, intervener_id=self.region.id)
        adviser = self.users["adviser"].partner_id.name
        people = mission.with_user(self.users["director"])._get_people()[mission.id]
        self.assertEqual(
            [(person.name, person.staff, person.planned, person.used, person.left) for person in people],
            [("A consultant", False, 5, 6, -1), (adviser, True, 7, 2.5, 4.5), ("Région", False, 0, 1, -1)],
        )
        self.assertEqual(sum(person.planned for person in people), mission.days_planned)
        self.assertEqual(sum(person.used for person in people), mission.days_used)
        self.assertEqual(mission.with_user(self.users["director"]).people_html.count("#c0232c"), 2, "overrun in red")

    def test_many_missions_take_as_many_queries_as_one(self):
        missions = [self.make_mission(name=f"Mission {rank}") for rank in range(4)]
        for mission in missions:
            self.enter_days(mission.phase_ids[0], 1)
        counts = []
        for batch in (missions[:1], missions):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["accompaniment.mission"].union(*batch)._get_people()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_an_empty_mission_shows_nobody(self):
        self.assertFalse(self.make_mission(phase_ids=False).people_html)
