"""A contact that is archived, dissolved or dead: what hangs on it says so, and nothing is sent to it."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..common import ADDON, MembershipCommon


@tagged("post_install", "-at_install")
class TestGone(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member, cls.other = cls.make_members(2, budget=1000)
        cls.person = cls.env["res.partner"].create({"name": "Person", "email": "person@example.org"})
        cls.member.correspondent_ids = [(0, 0, {"partner_id": cls.person.id, "role": "billing"})]

    def cards(self):
        overview = self.env["association.overview"].with_user(self.users["office"]).get_overview()
        return {card["name"]: card for card in overview["cards"]}

    def leave(self, partner, reason):
        file = self.env["association.member"].create({"partner_id": partner.id, "company_id": self.company.id})
        file.departure_ids = [(0, 0, {"left_on": self.today, "reason": reason})]

    def test_calls_go_past_a_correspondent_who_is_archived_or_dead(self):
        self.assertEqual(self.member._get_billing_contacts(), {self.member: self.person})
        self.person.active = False
        self.assertEqual(self.member._get_billing_contacts(), {})
        self.person.active = True
        self.leave(self.person, "deceased")
        self.assertEqual(self.member._get_billing_contacts(), {})

    def test_a_correspondent_who_is_gone_is_to_be_followed(self):
        self.assertNotIn("gone", self.cards())
        self.person.active = False
        card = self.cards()["gone"]
        self.assertEqual(self.env["association.member"].search(card["domain"]), self.member)
        self.member.correspondent_ids.date_to = "2020-01-01"
        self.assertNotIn("gone", self.cards())

    def test_a_member_archived_among_the_contacts_is_to_be_followed(self):
        self.other.partner_id.active = False
        self.assertEqual(self.cards()["gone"]["count"], 1)

    def test_who_imported_or_launched_something_is_archived_not_deleted(self):
        user = new_test_user(self.env, "leaves", f"{ADDON}.group_membership_treasurer")
        done = self.env["association.member.import"].create({"filename": "list.csv"})
        campaign = self.env["association.campaign"].create({"grid_id": self.make_grid([(None, None, 10)]).id})
        payments = self.env["association.payment.import"].create({"filename": "bank.csv"})
        for record, field in ((done, "imported_by"), (campaign, "launched_by_id"), (payments, "user_id")):
            record.sudo()[field] = user
            with self.subTest(field=field), self.assertRaisesRegex(UserError, "Archive the account"):
                user.unlink()
            record.sudo()[field] = False
        user.unlink()

    def test_why_somebody_is_gone(self):
        self.leave(self.person, "deceased")
        self.other.partner_id.active = False
        said = (self.person | self.other.partner_id | self.member.partner_id)._say_gone()
        self.assertRegex(said[self.person], r"^Person died on ")
        self.assertRegex(said[self.other.partner_id], "is archived")
        self.assertNotIn(self.member.partner_id, said)
