"""Correspondents: one holder of a role at a time, who receives the calls, what a merge keeps."""

from datetime import date

import psycopg2.errors
from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestCorrespondent(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member, cls.other = cls.make_members(2)
        cls.ann, cls.bob = cls.env["res.partner"].create([{"name": "Ann", "email": "ann@example.com"}, {"name": "Bob"}])

    def appoint(self, person, role, date_from=False, date_to=False, member=None):
        return self.env["association.correspondent"].create(
            {
                "member_id": (member or self.member).id,
                "partner_id": person.id,
                "role": role,
                "date_from": date_from,
                "date_to": date_to,
            }
        )

    def assertRefused(self, *args, **kwargs):
        with self.assertRaises(psycopg2.errors.ExclusionViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.appoint(*args, **kwargs)

    def test_one_holder_at_a_time(self):
        for role in ("billing", "president", "delegate"):
            with self.subTest(role=role):
                self.appoint(self.ann, role, "2024-01-01", "2025-06-30")
                self.assertRefused(self.bob, role)
                self.assertRefused(self.bob, role, "2025-06-30")
                self.assertRefused(self.bob, role, date_to="2024-01-01")
                self.appoint(self.bob, role, "2025-07-01")
                self.assertRefused(self.ann, role, "2030-01-01")
                self.appoint(self.bob, role, member=self.other)

    def test_days_in_disorder_name_the_person(self):
        with self.assertRaisesRegex(ValidationError, "Ann: the last day, 01/01/2024, comes before"):
            self.appoint(self.ann, "contact", "2024-01-02", "2024-01-01")

    def test_other_roles_have_several(self):
        for role in ("contact", "treasurer", "director"):
            self.appoint(self.ann, role)
            self.appoint(self.bob, role)
        self.assertEqual(len(self.member.correspondent_ids), 6)

    def test_constraints_exist_in_the_database(self):
        self.cr.execute(
            "SELECT conname, contype FROM pg_constraint WHERE conrelid = 'association_correspondent'::regclass"
        )
        found = dict(self.cr.fetchall())
        for role in ("billing", "president", "delegate"):
            self.assertEqual(found.get(f"association_correspondent_one_{role}"), "x")
        self.assertEqual(found.get("association_correspondent_dates_in_order"), "c")

    def test_taking_over_in_one_form(self):
        """The predecessor's last day and the successor's line are saved together."""
        self.appoint(self.ann, "president", "2020-01-01")
        with Form(self.member.with_user(self.users["office"])) as form:
            with form.correspondent_ids.edit(0) as line:
                line.date_to = date(2026, 3, 31)
            with form.correspondent_ids.new() as line:
                line.partner_id = self.bob
                line.role = "president"
                line.date_from = date(2026, 4, 1)
        self.assertEqual(len(self.member.correspondent_ids), 2)

    def test_billing_contacts(self):
        self.appoint(self.ann, "billing", "2024-01-01", "2025-06-30")
        self.appoint(self.bob, "billing", "2025-07-01")
        self.appoint(self.ann, "president", member=self.other)
        members = self.member | self.other
        self.assertEqual(members._get_billing_contacts(date(2025, 6, 30)), {self.member: self.ann})
        self.assertEqual(members._get_billing_contacts(date(2025, 7, 1)), {self.member: self.bob})
        self.assertEqual(members._get_billing_contacts(date(2023, 12, 31)), {})
        self.assertEqual(members._get_billing_contacts(), {self.member: self.bob})
        members._get_billing_contacts()
        self.env.invalidate_all()
        with self.assertQueryCount(2):  # who is gone, then the correspondents
            members._get_billing_contacts()

    def test_current_ones(self):
        past = self.appoint(self.ann, "contact", date_to="2000-01-01")
        now = self.appoint(self.ann, "contact", "2000-01-01")
        self.assertEqual((past.is_current, now.is_current), (False, True))
        correspondents = self.env["association.correspondent"].search([("member_id", "=", self.member.id)])
        self.assertEqual(correspondents.filtered_domain([("is_current", "=", True)]), now)
        domain = [("member_id", "=", self.member.id)]
        self.assertEqual(correspondents.search([*domain, ("is_current", "=", True)]), now)
        self.assertEqual(correspondents.search([*domain, ("is_current", "=", False)]), past)

    def test_shown_on_the_contact(self):
        correspondent = self.appoint(self.ann, "delegate")
        self.assertEqual(self.ann.with_user(self.users["director"]).correspondent_ids, correspondent)
        self.assertEqual(correspondent.organisation_id, self.member.partner_id)
        self.assertEqual(correspondent.display_name, "Ann (Voting delegate, Organisation 0)")
        with self.assertRaises(AccessError):
            self.ann.with_user(self.outsider).read(["correspondent_ids"])

    def test_rights(self):
        correspondent = self.appoint(self.ann, "contact")
        director = correspondent.with_user(self.users["director"])
        self.assertEqual(director.read(["role"])[0]["role"], "contact")
        for change in (lambda: director.write({"role": "president"}), director.unlink):
            with self.assertRaises(AccessError):
                change()
        with self.assertRaises(AccessError):
            correspondent.with_user(self.outsider).read(["role"])
        correspondent.with_user(self.users["office"]).write({"role": "president"})
        stranger = self.users["office"]
        other = self.env["res.company"].create({"name": "Other network"})
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            correspondent.with_user(stranger).read(["role"])

    # ---- merging ----

    def merge(self, kept, merged):
        self.env["base.partner.merge.automatic.wizard"]._merge((kept | merged).ids, kept)
        self.env.invalidate_all()

    def test_they_follow_their_organisation(self):
        president = self.appoint(self.ann, "president")
        rival = self.appoint(self.bob, "president", member=self.other)
        former = self.appoint(self.bob, "delegate", date_to="2020-12-31", member=self.other)
        delegate = self.appoint(self.ann, "delegate", "2021-01-01")
        self.merge(self.member.partner_id, self.other.partner_id)
        self.assertEqual(self.member.correspondent_ids, president | rival | former | delegate)
        self.assertEqual((president.role, rival.role), ("president", "contact"))
        self.assertEqual((former.role, delegate.role), ("delegate", "delegate"))
        self.assertIn(
            "Bob", self.member.message_ids.mapped("body")[-1] + "".join(self.member.message_ids.mapped("body"))
        )

    def test_a_person_entered_twice_is_one(self):
        correspondents = self.appoint(self.ann, "president") | self.appoint(self.bob, "billing")
        self.merge(self.ann, self.bob)
        self.assertEqual(correspondents.partner_id, self.ann)
        self.assertEqual(len(correspondents.exists()), 2)
