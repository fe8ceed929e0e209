"""Missions: phases, days, price, steps, profile."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestMission(AccompanimentCommon):
    def test_phases_and_price_come_from_the_scheme(self):
        with Form(self.env["accompaniment.mission"].with_user(self.users["adviser"])) as form:
            form.name = "By the screen"
            form.partner_id = self.lianes
            form.scheme_id = self.scheme
        mission = form.save()
        self.assertEqual(mission.phase_ids.mapped("days_planned"), [3, 5, 2, 1.5, 0.5])
        self.assertEqual((mission.days_planned, mission.day_rate, mission.price), (12, 800, 9600))
        self.assertEqual(mission.participant_ids.partner_id, self.lianes)
        self.assertTrue(mission.sudo().analytic_account_id)

    def test_another_scheme_keeps_the_phases_that_were_entered(self):
        mission = self.make_mission()
        with Form(mission) as form:
            form.scheme_id = self.env.ref("accompaniment.scheme_dla")
        self.assertEqual(mission.days_planned, 12)
        self.assertEqual(mission.day_rate, 800, "a scheme without a rate leaves the rate")

    def test_days_left_follow_the_dated_entries(self):
        mission = self.make_mission()
        first, second = mission.phase_ids[:2]
        entry = self.enter_days(first, 1)
        self.enter_days(first, 0.5, "2017-04-11")
        self.enter_days(second, 6, "2017-05-02", intervener_id=self.region.id)
        self.assertRecordValues(
            first | second, [{"days_used": 1.5, "days_left": 1.5}, {"days_used": 6, "days_left": -1}]
        )
        self.assertEqual((mission.days_used, mission.days_left), (7.5, 4.5))
        self.assertEqual(entry.account_id, mission.sudo().analytic_account_id)
        self.assertEqual(entry.amount, 0)
        self.assertEqual(entry.intervener_id, self.users["adviser"].partner_id)
        entry.unlink()
        self.assertEqual((first.days_used, mission.days_used), (0.5, 6.5))

    def test_a_day_of_a_phase_opens_a_line_to_fill_in(self):
        mission = self.make_mission().with_user(self.users["adviser"])
        phase = mission.phase_ids[1]
        action = phase.action_enter_days()
        self.assertEqual((action["target"], action["views"][0][1]), ("new", "form"))
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        with Form(mission.day_ids.with_context(**action["context"]), view) as form:
            self.assertEqual((form.accompaniment_mission_id, form.accompaniment_phase_id), (mission, phase))
            self.assertEqual((form.name, form.intervener_id), ("Workshops", self.users["adviser"].partner_id))
            form.unit_amount = 0.5
        self.assertEqual((phase.days_used, mission.days_used), (0.5, 0.5))

    def test_a_day_moved_to_another_mission_follows_its_account(self):
        here, there = self.make_mission(), self.make_mission(name="Another")
        entry = self.enter_days(here.phase_ids[0], 1)
        entry.write({"accompaniment_mission_id": there.id, "accompaniment_phase_id": there.phase_ids[0].id})
        self.assertEqual(entry.account_id, there.sudo().analytic_account_id)
        self.assertEqual((here.days_used, there.days_used), (0, 1))
        with self.assertRaisesRegex(ValidationError, "another mission"):
            entry.accompaniment_phase_id = here.phase_ids[0]

    def test_dates_and_figures_that_cannot_be(self):
        mission = self.make_mission()
        phase = mission.phase_ids[0]
        cases = [
            lambda: phase.write({"days_planned": -1}),
            lambda: self.enter_days(phase, 0),
            lambda: mission.write({"day_rate": -1}),
        ]
        for case in cases:
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                case()
                self.env.flush_all()
            self.env.invalidate_all()
        for record, days in ((phase, ("2017-05-02", "2017-05-01")), (mission, (mission.date_from, "2017-04-02"))):
            with self.assertRaisesRegex(ValidationError, f"{record.name}: the last day"), self.cr.savepoint():
                record.write({"date_from": days[0], "date_to": days[1]})
        phase.write({"date_from": "2017-05-02", "date_to": "2017-05-02"})

    def test_steps_of_a_mission(self):
        mission = self.make_mission()
        mission.action_start()
        self.assertEqual(mission.state, "running")
        with self.assertRaises(UserError):
            mission.action_start()
        mission.action_close()
        self.assertTrue(mission.closed_on)
        mission.action_reopen()
        self.assertRecordValues(mission, [{"state": "running", "closed_on": False}])
        mission.action_cancel()
        mission.action_reopen()
        self.assertEqual(mission.state, "prepared")
        mission.date_from = False
        with self.assertRaisesRegex(ValidationError, "first day"):
            mission.action_start()

    def test_a_mission_that_was_worked_for_is_not_deleted(self):
        mission = self.make_mission().with_user(self.users["coordinator"])
        unused = self.make_mission(name="By mistake").with_user(self.users["coordinator"])
        account = unused.sudo().analytic_account_id
        self.enter_days(mission.phase_ids[0], 1)
        for record in (mission, mission.phase_ids[0]):
            with self.assertRaisesRegex(UserError, "Days were worked"):
                record.unlink()
        unused.unlink()
        self.assertFalse(account.exists())

    def test_the_ceiling_of_a_scheme_is_not_exceeded(self):
        self.scheme.ceiling = 9600
        mission = self.make_mission()
        with self.assertRaisesRegex(ValidationError, "no more than"):
            mission.write({"phase_ids": [Command.create({"name": "More", "days_planned": 0.25})]})

    def test_profile_is_the_beneficiary_s_at_the_start(self):
        industry = self.env["res.partner.industry"].create({"name": "Solidarity"})
        self.lianes.write({"industry_id": industry.id, "zip": "59000", "country_id": self.env.ref("base.fr").id})
        Figures = self.env["association.annual.figures"]
        sizes = [(2014, 60, "50"), (2015, 0, "none"), (2016, 2.5, "1")]
        for year, employees, size in sizes:
            Figures.create({"partner_id": self.lianes.id, "year": year, "employees": employees})
            self.assertEqual(self.make_mission().size, size)
        Figures.create({"partner_id": self.lianes.id, "year": 2017, "budget": 1000})
        mission = self.make_mission()
        self.assertEqual(mission.size, "1", "a year without the figure tells nothing")
        self.assertEqual(mission.industry_id, industry)
        self.assertEqual(mission.territory_id.code, "59")
        self.assertFalse(self.make_mission(partner_id=self.region.id).size)

    def test_a_copy_takes_the_plan_not_the_work(self):
        mission = self.make_mission(track_ids=[Command.create({"name": "Essonne"})])
        mission.action_start()
        self.enter_days(mission.phase_ids[0], 1)
        copy = mission.copy()
        self.assertRecordValues(copy, [{"state": "prepared", "days_planned": 12, "days_used": 0}])
        self.assertNotEqual(copy.sudo().analytic_account_id, mission.sudo().analytic_account_id)
        self.assertEqual(copy.participant_ids.partner_id, self.lianes)
        self.assertNotEqual(copy.name, mission.name)

    def test_missions_show_on_the_contact_s_form(self):
        mission = self.make_mission(participant_ids=[Command.create({"partner_id": self.region.id, "role": "pilot"})])
        self.make_mission(name="Second")
        partners = (self.lianes | self.region).with_user(self.users["director"])
        self.assertEqual(partners.mapped("accompaniment_mission_count"), [2, 1])
        action = self.region.with_user(self.users["director"]).action_view_accompaniment_missions()
        self.assertEqual(self.env["accompaniment.mission"].search(action["domain"]), mission)

    def test_lists_ask_as_many_queries_for_many(self):
        def read(missions):
            self.env.flush_all()
            self.env.invalidate_all()
            missions.web_read(
                {"name": {}, "partner_id": {"fields": {"display_name": {}}}, "days_left": {}, "price": {},
                 "theme_ids": {"fields": {"display_name": {}}}, "phase_ids": {"fields": {"days_left": {}}}}
            )  # fmt: skip

        few = self.make_mission()
        many = few.copy() | few.copy() | few.copy() | few
        read(many)
        one = self._count(lambda: read(few))
        self.assertEqual(self._count(lambda: read(many)), one)

    def _count(self, call):
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before
