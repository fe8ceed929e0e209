"""Meetings: who is convened and how, what statutes allow, series and rhythms, the calendar."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeeting(MeetingCommon):
    def test_the_holders_are_convened_by_mail_and_the_list_is_kept(self):
        meeting = self.make_meeting()
        self.people[5].email = False
        meeting.action_list()
        lines = meeting.attendance_ids
        self.assertEqual(lines.partner_id, self.people)
        self.assertEqual(lines.mapped("channel").count("mail"), 5)
        meeting.action_convene()
        self.assertEqual(meeting.state, "convened")
        self.assertTrue(all(lines.mapped("convened_at")))
        mails = self.env["mail.mail"].search([("model", "=", "governance.attendance"), ("res_id", "in", lines.ids)])
        self.assertEqual(len(mails), 5)
        self.assertIn("Accounts of the year", mails[0].body_html)
        self.assertEqual(sorted(set(lines.mapped("sending"))), ["letter", "waiting"])
        # A mail that comes back is seen on its line.
        mails[0]._postprocess_sent_message([], [], failure_reason="User unknown", failure_type="mail_bounce")
        line = lines.browse(mails[0].res_id)
        line.invalidate_recordset()
        self.assertEqual((line.sending, line.failure), ("failed", "User unknown"))
        # The list is frozen: what differs from it since is said.
        with self.refused(UserError, "was convened on"):
            lines[0].partner_id = self.outsider.partner_id
        with self.refused(UserError, "was convened on"):
            lines[0].unlink()
        self.assertFalse(meeting.missing)
        new = self.make_people(1, "Late comer")
        self.board.write({"composition_ids": [Command.update(self.board.composition_ids.id, {"seats": 7})]})
        self.board.action_create_seats()
        self.seat(self.board.seat_ids - self.mandates.seat_id, new)
        meeting.invalidate_recordset()
        self.assertEqual(meeting.missing, "Late comer 1")

    def test_what_keeps_a_convocation_from_leaving(self):
        late = self.make_meeting(days=5)
        with self.refused(UserError, "8 days ahead"):
            late.action_convene()
        late.short_notice = "Article 12: urgency"
        late.action_convene()
        self.assertEqual(late.state, "convened")
        bare = self.make_meeting(agenda_ids=False)
        with self.refused(UserError, "on the agenda"):
            bare.action_convene()
        unreachable = self.make_meeting()
        unreachable.action_list()
        self.people[0].email = False
        with self.refused(UserError, "without an address: Person 1"):
            unreachable.action_convene()
        nobody = self.make_meeting(self.make_body((2,), name="Empty"))
        with self.refused(UserError, "Nobody is to be convened"):
            nobody.action_convene()
        with self.refused(UserError, "has to be convened before"):
            unreachable.action_open()
        with self.refused(UserError, "convened already"):
            late.action_convene()
        with self.refused(UserError, "those that were convened"):
            late.starts_at = fields.Datetime.now() + timedelta(days=90)
        with self.refused(UserError, "part of the history"):
            late.unlink()

    def test_an_assembly_convenes_the_voting_delegates_of_its_members(self):
        assembly = self.make_assembly(4, voices_by="figure", members_per_voice=100)
        members = self.env["association.member"].search([("company_id", "=", self.company.id)], order="id")
        delegate, president, former = self.make_people(3, "Delegate", email="delegate@example.org")
        self.env["association.correspondent"].create(
            [
                {"member_id": members[0].id, "partner_id": delegate.id, "role": "delegate"},
                {"member_id": members[0].id, "partner_id": president.id, "role": "president"},
                {"member_id": members[1].id, "partner_id": president.id, "role": "president"},
                {"member_id": members[1].id, "partner_id": former.id, "role": "delegate", "date_to": "2025-01-01"},
            ]
        )
        self.env["association.annual.figures"].create(
            {"partner_id": members[0].partner_id.id, "year": self.today.year - 1, "members": 250}
        )
        left = members[3]
        left.membership_ids.write({"date_to": "2024-12-31"})
        meeting = self.make_meeting(assembly)
        meeting.action_list()
        found = {
            line.structure_id.name: (line.partner_id.name, line.voices, line.college_id.name)
            for line in meeting.attendance_ids
        }
        self.assertEqual(
            found,
            {
                "Member 1": ("Delegate 1", 3, "Associations"),
                "Member 2": ("Delegate 2", 1, "Associations"),
                # Nobody is named: the member itself is convened, so that it is not left out.
                "Member 3": ("Member 3", 1, "Associations"),
            },
        )

    def test_modes_need_an_article_of_the_statutes(self):
        for values, field in (
            ({"mode": "distance"}, "article_distance"),
            ({"mode": "mixed"}, "article_distance"),
            ({"mode": "writing"}, "article_writing"),
            ({"by_post": True}, "article_post"),
        ):
            with self.subTest(values):
                with self.refused(ValidationError, "its statutes would have to provide for it"):
                    self.make_meeting(**values)
                self.board[field] = "Article 9"
                self.assertTrue(self.make_meeting(**values))
                self.board[field] = False

    @freeze_time("2026-01-10 10:00:00")
    def test_a_series_keeps_its_hour_over_the_change_of_clock(self):
        wizard = self.env["governance.series.wizard"].create(
            {"body_id": self.board.id, "first_at": "2026-02-10 17:30:00", "months": 2, "count": 3}
        )
        self.assertIn("14", wizard.days.splitlines()[1])
        wizard.action_confirm()
        meetings = self.board.meeting_ids.sorted("starts_at")
        # The second Tuesday at half past six in Paris, in winter and in summer.
        self.assertEqual(
            meetings.mapped("starts_at"),
            [datetime(2026, 2, 10, 17, 30), datetime(2026, 4, 14, 16, 30), datetime(2026, 6, 9, 16, 30)],
        )
        self.assertEqual(len(meetings.calendar_event_id), 3)
        with self.refused(UserError, "has a meeting already on"):
            wizard.action_confirm()
        self.board.meeting_months = 3
        with Form(self.env["governance.series.wizard"]) as form:
            form.body_id = self.board
            form.first_at = datetime(2026, 9, 1, 8)
            self.assertEqual(form.months, 3)

    def test_the_calendar_follows_the_meeting_and_never_the_other_way(self):
        meeting = self.make_meeting(in_calendar=True, place="Room 2")
        event = meeting.calendar_event_id
        self.assertEqual((event.start, event.location, len(event.partner_ids)), (meeting.starts_at, "Room 2", 0))
        meeting.write({"starts_at": datetime(2030, 5, 2, 8), "place": "Room 3"})
        self.assertEqual((event.start, event.location), (datetime(2030, 5, 2, 8), "Room 3"))
        event.write({"name": "Lunch", "start": "2031-01-01 10:00:00", "stop": "2031-01-01 11:00:00"})
        self.assertEqual(meeting.starts_at, datetime(2030, 5, 2, 8))
        meeting.action_cancel()
        self.assertFalse(event.exists())

    @freeze_time("2026-06-15 10:00:00")
    def test_rhythms_that_are_late_are_seen(self):
        self.board.write({"meeting_months": 2, "date_from": "2023-01-01"})
        body = self.env["governance.body"]
        self.assertTrue(self.board.is_rhythm_late)
        self.assertIn(self.board, body.search([("is_rhythm_late", "=", True)]))
        self.make_meeting(starts_at=datetime(2026, 6, 30, 8))
        self.board.invalidate_recordset()
        self.assertEqual(self.board.next_meeting_on, date(2026, 6, 30))
        self.assertTrue(self.board.is_rhythm_late, "planned after the day on which it is due")
        held = self.convene(starts_at=datetime(2026, 6, 15, 8), short_notice="Urgent", opened=True)
        held.action_close()
        self.board.invalidate_recordset()
        self.assertEqual(
            (self.board.last_meeting_on, self.board.meeting_due_on), (date(2026, 6, 15), date(2026, 8, 15))
        )
        self.assertFalse(self.board.is_rhythm_late)
        self.assertNotIn(self.board, body.search([("is_rhythm_late", "=", True)]))

    def test_listing_and_convening_do_not_query_each_person(self):
        def count(members):
            assembly = self.make_assembly(members, name=f"Assembly of {members}")
            meeting = self.make_meeting(assembly)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            meeting.action_list()
            self.env.flush_all()
            meeting._get_numbers()
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(5), count(60)
        self.assertLessEqual(many, few + 3)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_papers_are_for_those_convened_and_the_secretary(self):
        meeting = self.convene()
        paper = self.env["ir.attachment"].create({"name": "Accounts.pdf", "raw": b"x"})
        meeting.agenda_ids[0].document_ids = paper
        secretary, director = self.users["secretary"], self.users["director"]
        self.assertTrue(paper.with_user(secretary).read(["raw"]))
        self.assertTrue(meeting.with_user(director).read(["name", "numbers"]))
        with self.assertRaises(AccessError):
            meeting.agenda_ids.with_user(director).read(["name"])
        with self.assertRaises(AccessError):
            paper.with_user(director).read(["raw"])
        self.env["governance.attendance"].create({"meeting_id": meeting.id, "partner_id": director.partner_id.id})
        self.env.invalidate_all()
        self.assertTrue(paper.with_user(director).read(["raw"]))
        with self.assertRaises(AccessError):
            meeting.with_user(director).action_convene()
        with self.assertRaises(AccessError):
            meeting.with_user(director).write({"place": "Elsewhere"})
