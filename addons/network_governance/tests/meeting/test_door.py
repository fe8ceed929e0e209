"""The door: arrivals and departures once, proxies by the statutes, the quorum at each moment, papers."""

import base64
import io

import openpyxl
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import MeetingCommon


@tagged("post_install", "-at_install")
class TestDoor(MeetingCommon):
    def setUp(self):
        super().setUp()
        self.meeting = self.convene(opened=True)
        self.lines = self.meeting.attendance_ids.sorted("id")

    def test_one_click_is_one_mark(self):
        first = self.lines[0]
        for _click in range(2):
            self.meeting.mark_arrival(first.id)
        self.assertEqual(len(first.stay_ids), 1)
        self.assertTrue(first.is_present)
        for _click in range(2):
            self.meeting.mark_departure(first.id)
        self.assertFalse(first.is_present)
        self.meeting.mark_arrival(first.id)
        self.assertEqual(len(first.stay_ids), 2, "who comes back has another stay")

    def test_the_quorum_at_each_moment(self):
        door = self.meeting.get_door()
        self.assertEqual(door["numbers"]["needed"], 3)
        self.assertIn("3 missing", door["sentence"])
        self.arrive(self.meeting, *self.lines[:3])
        door = self.meeting.get_door()
        self.assertTrue(door["numbers"]["reached"])
        self.assertIn("one departure may lose it", door["sentence"])
        self.meeting.give_proxy(self.lines[3].id, self.lines[0].id, True)
        door = self.meeting.get_door()
        self.assertEqual((door["numbers"]["present"], door["numbers"]["represented"]), (3, 1))
        self.assertEqual(door["numbers"]["departures"], 1, "with the holder its proxy leaves")
        self.meeting.mark_departure(self.lines[1].id)
        self.assertTrue(self.meeting.get_door()["numbers"]["reached"])
        door = self.meeting.mark_departure(self.lines[0].id)
        self.assertFalse(door["numbers"]["reached"])
        self.board.represented_count = False
        self.arrive(self.meeting, self.lines[0])
        self.assertFalse(self.meeting.get_door()["numbers"]["reached"])

    def test_proxies_follow_the_statutes(self):
        first, second, third, fourth = self.lines[:4]
        self.arrive(self.meeting, first, second)
        with self.refused(UserError, "is not there: a proxy is held by somebody present"):
            self.meeting.give_proxy(third.id, fourth.id)
        with self.refused(UserError, "is there, and votes"):
            self.meeting.give_proxy(first.id, second.id)
        self.meeting.give_proxy(third.id, first.id, True)
        with self.refused(ValidationError, "would carry 2 proxies"):
            self.meeting.give_proxy(fourth.id, first.id, True)
        # Exchanged at the door: the holder is full.
        self.meeting.give_proxy(third.id, second.id, True)
        self.meeting.give_proxy(fourth.id, first.id, True)
        self.assertEqual(third.given_ids.holder_id, second)
        with self.refused(UniqueViolation, "governance_proxy_once"), mute_logger("odoo.sql_db"):
            self.env["governance.proxy"].create(
                {"meeting_id": self.meeting.id, "giver_id": third.id, "holder_id": self.lines[5].id}
            )
        with self.refused(CheckViolation, "governance_proxy_to_another"), mute_logger("odoo.sql_db"):
            self.env["governance.proxy"].create(
                {"meeting_id": self.meeting.id, "giver_id": self.lines[5].id, "holder_id": self.lines[5].id}
            )
        # The giver comes after all: the proxy falls silent, with its reason.
        self.arrive(self.meeting, third)
        self.assertEqual(third.given_ids.why_not, "Who gave it is there")
        self.meeting.take_proxy_back(fourth.id)
        self.assertFalse(fourth.given_ids)

    def test_any_delegate_carries_the_voices_of_its_member(self):
        assembly = self.make_assembly(2)
        meeting = self.make_meeting(assembly)
        meeting.action_list()
        line = meeting.attendance_ids[0]
        line.voices = 5
        colleague = self.env["governance.attendance"].create(
            {
                "meeting_id": meeting.id,
                "partner_id": self.people[0].id,
                "structure_id": line.structure_id.id,
                "voices": 5,
            }
        )
        meeting.action_convene()
        meeting.action_open()
        self.arrive(meeting, colleague)
        door = meeting.get_door()
        self.assertEqual((door["numbers"]["convened"], door["numbers"]["present"]), (2, 1))
        self.arrive(meeting, line)
        carried = {one["id"]: one["carries"] for one in meeting.get_door()["lines"]}
        self.assertEqual((carried[colleague.id], carried[line.id]), (5, 0), "voices are carried once")

    def test_a_badge_finds_its_person_in_this_meeting_only(self):
        self.assertEqual(self.meeting.find_badge(f" {self.lines[2].badge} "), self.lines[2].id)
        other = self.convene()
        for code in (other.attendance_ids[0].badge, "", "x", False):
            self.assertFalse(self.meeting.find_badge(code))

    def test_the_mark_says_whether_anything_has_changed(self):
        door = self.meeting.get_door()
        self.assertEqual(self.meeting.get_door(door["mark"]), {"mark": door["mark"]})
        self.meeting.mark_arrival(self.lines[0].id)
        self.assertIn("lines", self.meeting.get_door(door["mark"]))

    def test_what_is_over_does_not_change(self):
        self.arrive(self.meeting, self.lines[0], self.lines[1])
        self.meeting.give_proxy(self.lines[2].id, self.lines[0].id, True)
        self.meeting.action_close()
        self.assertFalse(self.lines[0].is_present)
        self.assertEqual(self.lines[0].left_at, self.meeting.closed_at)
        for act in (
            lambda: self.meeting.mark_arrival(self.lines[3].id),
            lambda: self.meeting.give_proxy(self.lines[3].id, self.lines[1].id),
            self.lines[2].given_ids.unlink,
            self.meeting.action_close,
            self.meeting.action_cancel,
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                act()
        numbers = self.meeting._get_numbers()
        self.assertEqual((numbers.present, numbers.represented), (2, 1), "who was there at its end")
        with self.refused(UserError, "does not change"):
            self.env["governance.attendance"].create(
                {"meeting_id": self.meeting.id, "partner_id": self.outsider.partner_id.id}
            )

    def test_another_meetings_line_is_refused(self):
        other = self.convene(opened=True)
        with self.refused(UserError, "is not on the list"):
            self.meeting.mark_arrival(other.attendance_ids[0].id)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_director_marks_nothing(self):
        meeting = self.meeting.with_user(self.users["director"])
        self.assertTrue(meeting.get_door()["lines"])
        for act in (lambda: meeting.mark_arrival(self.lines[0].id), meeting.action_close):
            with self.assertRaises(AccessError):
                act()

    def test_the_attendance_as_a_workbook(self):
        self.arrive(self.meeting, self.lines[0])
        self.meeting.give_proxy(self.lines[1].id, self.lines[0].id, True)
        action = self.meeting.with_user(self.users["secretary"]).action_export_attendance()
        prepared = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4]))
        content = io.BytesIO(base64.b64decode(prepared.content))
        rows = [[value for value in row if value] for row in openpyxl.load_workbook(content).active.values]
        self.assertTrue(any("Person 1" in row for row in rows))
        self.assertTrue(any("Person 2" in row and "Person 1" in row for row in rows), "its proxy")
