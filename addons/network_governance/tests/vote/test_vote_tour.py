"""A vote as the secretary takes it, in a browser: opened, its totals entered, closed."""

from odoo.tests import HttpCase, tagged

from ..meeting.common import MeetingCommon


@tagged("post_install", "-at_install")
class TestVoteTour(MeetingCommon, HttpCase):
    def test_a_show_of_hands(self):
        meeting = self.convene(opened=True)
        self.arrive(meeting, *meeting.attendance_ids.sorted("id")[:4])
        secretary = self.users["secretary"]
        vote = self.env["governance.resolution"].create({"meeting_id": meeting.id, "name": "Accounts approved"})
        url = f"/odoo/governance.resolution/{vote.id}?cids={self.company.id}"
        self.start_tour(url, "governance_vote", login=secretary.login, timeout=180)
        self.env.invalidate_all()
        self.assertEqual((vote.state, vote.result, vote.yes, vote.no), ("closed", "adopted", 3, 1))
        self.assertTrue(vote.number)
