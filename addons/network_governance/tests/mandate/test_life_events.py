"""What happens to a contact reaches the mandates and seats that hang on it."""

from datetime import date

from freezegun import freeze_time
from odoo.tests import tagged

from ..common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestLifeEvents(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.make_body((3,))
        cls.body.seat_ids.college_id = False
        cls.people = cls.make_people(3)
        cls.structures = cls.make_structures(3)
        cls.make_members(cls.structures)
        cls.mandates = cls.seat(cls.body.seat_ids, cls.people, cls.structures, first=cls.today)

    def depart(self, partner, reason, left_on, **values):
        member = self.env["association.member"].search([("partner_id", "=", partner.id)])
        member = member or self.make_members(partner)
        self.env["association.member.departure"].create(
            {"member_id": member.id, "left_on": left_on, "reason": reason, **values}
        )

    def objections(self):
        self.env.flush_all()
        self.env.invalidate_all()
        secretary = self.env["governance.mandate"].with_user(self.users["secretary"])
        found = secretary.browse(self.mandates.ids)._get_objections()
        return [found.get(mandate, []) for mandate in self.mandates]

    def test_nothing_has_happened(self):
        self.assertEqual(self.objections(), [[], [], []])

    def test_an_archived_contact(self):
        self.people[0].active = False
        self.structures[1].active = False
        self.assertEqual(self.objections(), [["person_archived"], ["structure_archived"], []])
        self.assertIn("Person 1", self.mandates[0].warning)
        self.assertIn("Structure 2", self.mandates[1].warning)

    def test_a_dissolved_or_departed_structure(self):
        yesterday = date.fromordinal(self.today.toordinal() - 1)
        self.depart(self.structures[0], "dissolved", yesterday)
        self.depart(self.structures[1], "resigned", yesterday)
        self.depart(self.structures[2], "dissolved", self.today)
        self.assertEqual(
            self.objections(), [["structure_dissolved"], ["structure_left"], []], "a member on the last day"
        )
        self.assertIn("Structure 1", self.mandates[0].warning)

    def test_who_has_come_back_is_a_member(self):
        self.depart(self.structures[0], "resigned", date(2025, 1, 1), returned_on=date(2025, 6, 1))
        self.assertEqual(self.objections(), [[], [], []])

    def test_a_deceased_person(self):
        self.depart(self.people[0], "deceased", date(2025, 1, 1))
        self.assertEqual(self.objections(), [["person_deceased"], [], []])
        with freeze_time("2024-06-01"):
            self.assertEqual(self.objections(), [[], [], []])

    def test_another_association_says_nothing_here(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        member = self.env["association.member"].create(
            {"partner_id": self.structures[0].id, "company_id": other.id, "category_id": self.category.id}
        )
        self.env["association.member.departure"].create(
            {"member_id": member.id, "left_on": "2025-01-01", "reason": "resigned"}
        )
        self.assertEqual(self.objections(), [[], [], []])

    def test_an_archived_substitute_is_not_proposed(self):
        substitutes = self.make_people(2, "Substitute")
        for person in substitutes:
            self.seat(self.body.seat_ids[:1], person, self.structures[:1], first=self.today, role="substitute")
        wizard = self.env["governance.replacement.wizard"]
        day = date.fromordinal(self.today.toordinal() + 10)
        self.assertIn(wizard.create({"mandate_id": self.mandates[0].id, "day": day}).partner_id, substitutes)
        substitutes[0].active = False
        self.assertEqual(wizard.create({"mandate_id": self.mandates[0].id, "day": day}).partner_id, substitutes[1])

    def test_who_followed_the_body_has_left(self):
        """An archived user gets no task: a secretary of the association does."""
        body = self.make_body((2,), declared=True, user_id=self.outsider.id)
        self.outsider.active = False
        self.seat(body.seat_ids[:1], self.people[:1])
        self.env["governance.body"]._cron_remind()
        declarations = self.env["governance.declaration"].search([("company_id", "=", self.company.id)])
        tasks = body.activity_ids | declarations.activity_ids
        self.assertTrue(body.activity_ids)
        self.assertTrue(declarations.activity_ids)
        self.assertEqual(tasks.user_id, self.users["secretary"])

    def test_the_seat_and_the_first_screen_say_so(self):
        self.people[0].active = False
        self.env.flush_all()
        self.env.invalidate_all()
        seat = self.body.seat_ids[0].with_user(self.users["director"])
        self.assertIn("Person 1", seat.holder_warning)
        self.assertFalse(self.body.seat_ids[1].holder_warning)
        cards = self.env["governance.overview"].with_user(self.users["secretary"]).get_overview()["cards"]
        self.assertEqual([card["count"] for card in cards if card["name"] == "warnings"], [1])
