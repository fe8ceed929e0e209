"""An assembly as its secretary holds it: convened, opened, 12 arrivals and 3 proxies on a phone, votes, minutes."""

import io

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from .common import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeetingTour(MeetingCommon, HttpCase):
    browser_size = "390x800"
    touch_enabled = True

    def test_an_assembly_from_the_convocation_to_its_minutes(self):
        people = self.make_people(20, "Comer", email="comer@example.org")
        for number, person in enumerate(people, 1):
            person.name = f"Comer {number}."
        body = self.make_body((20,), name="Council", quorum_kind="share", quorum_value=50, proxies=2)
        self.seat(body.seat_ids, people)
        meeting = self.convene(body, chair_id=people[0].id, writer_id=people[1].id)
        secretary = self.users["secretary"]
        url = f"/odoo/governance.meeting/{meeting.id}?cids={self.company.id}"
        self.start_tour(url, "governance_meeting_door", login=secretary.login, timeout=180)
        self.env.invalidate_all()
        numbers = meeting._get_numbers()
        self.assertEqual((numbers.present, numbers.represented), (12, 3))
        own = meeting.with_user(secretary)
        for name, yes in (("Accounts", 15), ("Budget", 9), ("Move", 6)):
            vote = own.resolution_ids.create({"meeting_id": meeting.id, "name": name})
            vote.action_open()
            vote.tally_ids.write({"yes": yes, "no": 15 - yes})
            vote.action_close()
        board = self.make_body((2,), name="Bureau")
        election = own.resolution_ids.create(
            {
                "meeting_id": meeting.id,
                "name": "Bureau",
                "kind": "election",
                "seats": 2,
                "body_id": board.id,
                "rule_id": self.env.ref("network_governance.majority_relative").id,
                "candidate_ids": [Command.create({"partner_id": person.id}) for person in people[:3]],
            }
        )
        election.action_open()
        for candidate, voices in zip(election.candidate_ids, (11, 5, 9), strict=True):
            candidate.voices = voices
        election.action_close()
        election.action_seat()
        self.assertEqual(board.mandate_ids.partner_id, people[0] | people[2])
        own.action_close()
        own.action_minutes()
        text = self.print_minutes(own.minutes_ids)
        for words in (
            "Council",
            "15 for, 0 against",
            "1 voice more than needed",
            "2 voices were missing",
            "Elected: Comer 1. (11 voices), Comer 3. (9 voices)",
            "Comer 13., by Comer 1.",
        ):
            self.assertIn(words, text)

    def print_minutes(self, minutes):
        """Return the text of the printed minutes."""
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        report = self.env["ir.actions.report"].with_user(self.users["secretary"])
        content, _kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            "network_governance.action_report_minutes", minutes.ids
        )
        pages = PdfFileReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
