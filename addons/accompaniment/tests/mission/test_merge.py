"""Merging contacts that have parts in missions."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestMerge(AccompanimentCommon):
    def merge(self):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.lianes | self.region).ids, self.lianes, extra_checks=False
        )
        self.env.invalidate_all()

    def test_what_stands_twice_is_combined_and_nothing_else_is_lost(self):
        role = {"partner_id": self.region.id, "role": "beneficiary"}
        both = self.make_mission(participant_ids=[Command.create(role), Command.create({**role, "role": "pilot"})])
        alone = self.make_mission(name="Of the region", partner_id=self.region.id)
        workshop = both.workshop_ids.create({"mission_id": both.id, "name": "W", "start": "2017-05-11 08:00:00"})
        workshop.action_convene()
        both.action_start()
        both.action_close()
        self.merge()
        self.assertEqual(both.review_ids.mapped("months"), [0, 6, 12, 18])
        self.assertEqual(both.participant_ids.mapped("role"), ["beneficiary", "pilot"])
        self.assertEqual((both | alone).participant_ids.partner_id, self.lianes)
        self.assertEqual(alone.partner_id, self.lianes)
        self.assertEqual(len(workshop.attendance_ids), 1)

    def test_two_parts_of_one_mission_are_refused(self):
        mission = self.make_mission(
            cofunding_ids=[
                Command.create({"partner_id": self.lianes.id, "amount": 9000}),
                Command.create({"partner_id": self.region.id, "amount": 600}),
            ]
        )
        with self.assertRaisesRegex(UserError, "each have a part"):
            self.merge()
        self.assertEqual(mission.cofunding_ids.mapped("amount"), [9000, 600])
