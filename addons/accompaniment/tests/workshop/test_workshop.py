"""Workshops: the calendar, methods, attendance, sign-in sheets."""

import base64
import io
from datetime import datetime

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestWorkshop(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission(
            track_ids=[Command.create({"name": "Essonne"}), Command.create({"name": "Mali"})]
        )
        cls.essonne, cls.mali = cls.mission.track_ids
        cls.person = cls.env["res.partner"].create({"name": "Inès", "parent_id": cls.lianes.id, "email": "i@x.example"})

    def make_workshop(self, **values):
        return (
            self.env["accompaniment.workshop"]
            .with_user(self.users["adviser"])
            .create({"mission_id": self.mission.id, "name": "Governance", "start": "2017-04-27 08:00:00", **values})
        )

    def test_the_calendar_follows_and_is_not_followed(self):
        workshop = self.make_workshop(place="Lille", track_id=self.essonne.id)
        event = workshop.sudo().event_id
        self.assertRecordValues(
            event,
            [
                {
                    "name": "Lianes coopération – Governance – Essonne",
                    "start": datetime(2017, 4, 27, 8),
                    "stop": datetime(2017, 4, 27, 11),
                    "location": "Lille",
                    "user_id": self.users["adviser"].id,
                }
            ],
        )
        workshop.write({"start": "2017-05-11 12:00:00", "hours": 2, "track_id": False})
        self.assertEqual(event.stop, datetime(2017, 5, 11, 14))
        self.assertIn("common time", event.name)
        event.with_user(self.users["outsider"]).write({"start": "2017-06-01 08:00:00", "stop": "2017-06-01 09:00:00"})
        self.assertEqual(workshop.start, datetime(2017, 5, 11, 12), "one way")
        workshop.place = "Roubaix"
        self.assertEqual((event.start, event.location), (datetime(2017, 5, 11, 12), "Roubaix"))
        self.mission.referent_id = self.users["colleague"]
        self.assertEqual(event.user_id, self.users["colleague"])

    def test_a_cancelled_or_deleted_session_leaves_the_calendar(self):
        workshop = self.make_workshop()
        event = workshop.sudo().event_id
        workshop.action_cancel()
        self.assertFalse(event.exists())
        workshop.action_plan()
        event = workshop.sudo().event_id
        self.assertTrue(event)
        event.with_user(self.users["outsider"]).unlink()
        workshop.invalidate_recordset()
        workshop.name = "Again"
        self.assertTrue(workshop.sudo().event_id, "deleted in the calendar, it comes back")
        event = workshop.sudo().event_id
        workshop.unlink()
        self.assertFalse(event.exists())

    def test_many_sessions_cost_few_queries(self):
        def create(count):
            before = self.env.cr.sql_log_count
            self.env["accompaniment.workshop"].create(
                [{"mission_id": self.mission.id, "name": f"W{i}", "start": "2017-04-27 08:00:00"} for i in range(count)]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        create(1)
        few, many = create(2), create(12)
        self.assertLessEqual(many, few + 12 * 3, "calendar events notify one by one; the rest is in one go")

    def test_the_future_workshop_on_parallel_tracks_with_common_times(self):
        wizard = Form(
            self.env["accompaniment.workshop.wizard"]
            .with_user(self.users["adviser"])
            .with_context(default_mission_id=self.mission.id)
        )
        wizard.template_id = self.env.ref("accompaniment.workshop_template_future")
        wizard.first = "2017-04-27 08:00:00"
        wizard.days_between = 7
        self.assertEqual(wizard.session_count, 8)
        wizard.save().action_plan()
        steps = [(w.step, w.track_id.name or "", w.start.day, w.hours) for w in self.mission.workshop_ids]
        self.assertEqual(
            steps,
            [
                ("Critique", "Essonne", 27, 3),
                ("Critique", "Mali", 27, 3),
                ("Prospective", "Essonne", 4, 3),
                ("Prospective", "Mali", 4, 3),
                ("Prospective", "", 11, 3),
                ("Realistic", "Essonne", 18, 4),
                ("Realistic", "Mali", 18, 4),
                ("Realistic", "", 25, 4),
            ],
        )
        wizard = wizard.record.create(
            {"mission_id": self.mission.id, "first": "2017-04-27 08:00:00", "days_between": 0}
        )
        with self.assertRaises(UserError):
            wizard.action_plan()

    def test_a_cycle_keeps_its_hour_over_the_clock_change(self):
        self.users["adviser"].tz = "Europe/Paris"
        wizard = self.env["accompaniment.workshop.wizard"].with_user(self.users["adviser"])
        wizard.create({"mission_id": self.mission.id, "first": "2017-03-20 08:00:00", "days_between": 7}).action_plan()
        hours = {(workshop.start.date().isoformat(), workshop.start.hour) for workshop in self.mission.workshop_ids}
        self.assertLessEqual({("2017-03-20", 8), ("2017-03-27", 7)}, hours)

    def test_a_cycle_brings_no_activities(self):
        wizard = (
            self.env["accompaniment.workshop.wizard"]
            .with_user(self.users["adviser"])
            .with_context(active_model="accompaniment.mission", active_id=self.mission.id, active_ids=self.mission.ids)
        )
        wizard.create({"mission_id": self.mission.id, "first": "2017-04-27 08:00:00"}).action_plan()
        self.assertTrue(self.mission.workshop_ids.sudo().event_id)
        self.assertFalse(self.mission.activity_ids, "the calendar is enough")
        self.assertFalse(self.mission.workshop_ids.activity_ids)

    def test_attendance_counts_hours(self):
        self.mission.write(
            {
                "steering_ids": [Command.set(self.person.ids)],
                "participant_ids": [
                    Command.create({"partner_id": self.region.id, "role": "pilot", "track_id": self.mali.id})
                ],
            }
        )
        common, apart = self.make_workshop(hours=3), self.make_workshop(track_id=self.essonne.id, hours=1.5)
        (common | apart).action_convene()
        (common | apart).action_convene()
        self.assertEqual(common.attendance_ids.partner_id, self.lianes | self.region | self.person)
        self.assertEqual(apart.attendance_ids.partner_id, self.lianes | self.person, "the other track is not convened")
        line = common.attendance_ids.filtered(lambda line: line.partner_id == self.person)
        self.assertEqual(line.organisation_id, self.lianes)
        common.attendance_ids[:2].action_present()
        line.status = "excused"
        self.assertEqual((common.present_count, common.person_hours), (2, 6))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            common.attendance_ids.create({"workshop_id": common.id, "partner_id": self.person.id})

    def test_sign_in_sheet_as_pdf_and_as_a_workbook(self):
        workshop = self.make_workshop(name="=Governance")
        workshop.attendance_ids = [Command.create({"partner_id": self.person.id})]
        for role in ("adviser", "director"):
            action = workshop.with_user(self.users[role]).action_sign_in_sheet()
            sheet_id = int(action["url"].split("/")[4])
            content = base64.b64decode(self.env["association.spreadsheet"].sudo().browse(sheet_id).content)
            rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
            self.assertIn(("Inès", "Lianes coopération", "i@x.example", "", ""), rows)
            self.assertEqual(rows[0][0], self.mission.name)
            html, _kind = (
                self.env["ir.actions.report"]
                .with_user(self.users[role])
                ._render_qweb_html("accompaniment.report_sign_in", workshop.ids)
            )
            self.assertIn("Inès", html.decode())
            self.assertIn("Essonne" if workshop.track_id else "Common time", html.decode())
        with self.assertRaises(AccessError):
            workshop.with_user(self.users["outsider"]).action_sign_in_sheet()

    def test_a_session_lasts_some_time(self):
        for hours in (0, -1, 25):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.make_workshop(hours=hours)
