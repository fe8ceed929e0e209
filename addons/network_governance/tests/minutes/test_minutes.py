"""Minutes: drafted from facts, frozen once approved, printed, and the archive of the whole meeting."""

import base64
import hashlib
import io
import zipfile

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..meeting.common import MeetingCommon


@tagged("post_install", "-at_install")
class TestMinutes(MeetingCommon):
    def setUp(self):
        super().setUp()
        self.meeting = self.convene(opened=True, chair_id=self.people[0].id, place="Room 2")
        lines = self.meeting.attendance_ids.sorted("id")
        self.arrive(self.meeting, *lines[:4])
        self.meeting.give_proxy(lines[4].id, lines[0].id, True)
        paper = self.env["ir.attachment"].create({"name": "Proxy of Person 5.pdf", "raw": b"signed"})
        lines[4].given_ids.document_ids = paper
        self.vote = self.env["governance.resolution"].create(
            {"meeting_id": self.meeting.id, "name": "Accounts approved", "item_id": self.meeting.agenda_ids[0].id}
        )
        self.vote.action_open()
        self.vote.tally_ids.write({"yes": 4, "no": 1})
        self.vote.action_close()
        self.meeting.action_close()
        self.meeting.action_minutes()
        self.minutes = self.meeting.minutes_ids

    def test_the_draft_says_what_was_recorded(self):
        for words in (
            "Room 2",
            "Person 1",
            "Represented",
            "Person 5, by Person 1",
            self.meeting.numbers,
            "4 for, 1 against",
            self.vote.number,
        ):
            self.assertIn(words, self.minutes.body)
        self.assertNotIn("<li>Person 6</li>", self.minutes.body)
        self.minutes.body = "<p>Corrected</p>"
        self.meeting.action_minutes()
        self.assertEqual(self.minutes.body, "<p>Corrected</p>", "opening them again keeps what was written")
        with self.refused(UserError, "was not held"):
            self.make_meeting().action_minutes()

    def test_approved_minutes_do_not_change(self):
        with self.refused(UserError, "which later meeting"):
            self.minutes.action_approve()
        earlier = self.make_meeting(days=2)
        with self.refused(ValidationError, "cannot approve these minutes"):
            self.minutes.approved_in_id = earlier
        later = self.minutes.approved_in_id = self.make_meeting(days=31)
        with self.refused(UserError, "approved by a meeting that is held"):
            self.minutes.action_approve()
        later.action_list()
        later.action_convene()
        later.action_open()
        self.minutes.action_approve()
        self.assertEqual(len(self.minutes.digest), 64)
        self.assertTrue(self.minutes._is_untouched())
        for act in (
            lambda: self.minutes.write({"body": "<p>Otherwise</p>"}),
            self.minutes.unlink,
            self.minutes.action_draft,
            self.minutes.action_approve,
        ):
            with self.refused(UserError, "do not change any more"):
                act()
        # Whoever changes the database behind our back is found out.
        self.env.cr.execute("UPDATE governance_minutes SET body = '<p>x</p>' WHERE id = %s", [self.minutes.id])
        self.minutes.invalidate_recordset()
        self.assertFalse(self.minutes._is_untouched())

    def test_the_file_of_the_meeting(self):
        self.minutes.approved_in_id = self.convene(opened=True, days=31)
        self.minutes.action_approve()
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        secretary = self.meeting.with_user(self.users["secretary"]).with_context(force_report_rendering=True)
        action = secretary.action_assembly_file()
        file = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4]))
        archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(file.content)))
        names = archive.namelist()
        self.assertEqual([name[0] for name in names], ["1", "2", "3", "4", "5", "S"])
        for line in archive.read("SHA256SUMS.txt").decode().splitlines():
            digest, name = line.split("  ", 1)
            self.assertEqual(hashlib.sha256(archive.read(name)).hexdigest(), digest)
        self.assertTrue(archive.read(names[1]).startswith(b"%PDF"))
        self.assertEqual(archive.read(names[4]), b"signed")
        text = "".join(page.extract_text() for page in PdfFileReader(io.BytesIO(archive.read(names[3]))).pages)
        self.assertIn(self.minutes.digest[:20], text)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_minutes_are_for_those_convened(self):
        minutes = self.minutes.with_user(self.users["director"])
        with self.assertRaises(AccessError):
            minutes.read(["body"])
        with self.assertRaises(AccessError):
            self.meeting.with_user(self.users["director"]).action_assembly_file()
