"""What the tests of meetings and votes share: a board of six, an assembly of members, and how they are convened."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from ..common import GovernanceCommon


class MeetingCommon(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "network@example.org"
        cls.company.partner_id.tz = "Europe/Paris"
        cls.people = cls.make_people(6, email="holder@example.org")
        cls.board = cls.make_body((6,), quorum_kind="share", quorum_value=50, notice_days=8, proxies=1)
        cls.mandates = cls.seat(cls.board.seat_ids, cls.people)

    @classmethod
    def make_meeting(cls, body=None, days=30, **values):
        """Make a meeting with two points on its agenda."""
        return cls.env["governance.meeting"].create(
            {
                "body_id": (body or cls.board).id,
                "starts_at": fields.Datetime.now() + timedelta(days=days),
                "agenda_ids": [Command.create({"name": name}) for name in ("Accounts of the year", "Other business")],
                **values,
            }
        )

    @classmethod
    def convene(cls, body=None, opened=False, **values):
        """Return a meeting that is convened, or opened too."""
        meeting = cls.make_meeting(body, **values)
        meeting.action_list()
        meeting.action_convene()
        if opened:
            meeting.action_open()
        return meeting

    @classmethod
    def make_assembly(cls, count, **values):
        """Return an assembly whose members are so many organisations."""
        structures = cls.make_structures(count, "Member", email="member@example.org")
        cls.make_members(structures, college_id=cls.colleges[0].id)
        return cls.make_body((0,), **{"name": "Assembly", "kind": "assembly", "notice_days": 15, **values})

    def arrive(self, meeting, *lines):
        for line in lines:
            meeting.mark_arrival(line.id)
        self.env.invalidate_all()
