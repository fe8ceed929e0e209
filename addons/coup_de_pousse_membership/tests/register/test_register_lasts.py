"""Nothing of the register is lost."""

from datetime import date

import psycopg2.errors
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestRegisterLasts(MembershipCommon):
    """Archived, deleted, made again, moved: nothing of the register is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.member = cls.make_members(1, budget=1)
        cls.membership = cls.make_memberships(cls.member, cls.grid)

    def test_archived_file_keeps_all_and_blocks_nothing(self):
        self.member.action_archive()
        self.assertEqual(self.member.membership_ids, self.membership)
        self.assertEqual(self.member.state, "unpaid")
        call = self.membership._issue_calls()
        self.pay(call)
        self.assertEqual((self.membership.state, self.member.state), ("active", "member"))
        self.assertIn(self.membership, self.env["association.membership"].search([("member_id", "=", self.member.id)]))
        self.member.action_unarchive()
        self.assertIn(self.member, self.env["association.member"].search([("state", "=", "member")]))

    def test_archived_file_is_refreshed(self):
        self.member.action_archive()
        self.assertEqual(self.member._refresh_states(date(self.year + 1, 1, 1)), 1)

    def test_archived_file_still_counts_as_the_file(self):
        """No second file beside an archived one: it is unarchived instead."""
        self.member.action_archive()
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["association.member"].create(
                {"partner_id": self.member.partner_id.id, "company_id": self.company.id}
            )

    def test_archived_contact(self):
        self.member.partner_id.action_archive()
        self.assertTrue(self.member.active)
        call = self.membership._issue_calls()
        self.pay(call)
        self.assertEqual(self.member.state, "member")
        self.assertIn(self.member, self.env["association.member"].search([("state", "=", "member")]))
        self.assertEqual(self.member.display_name, "Organisation 0")
        self.member.partner_id.action_unarchive()

    def test_contact_with_a_file_is_not_deleted(self):
        partner = self.member.partner_id
        for archived in (False, True):
            self.member.active = not archived
            with self.assertRaisesRegex(UserError, "Organisation 0 has a member's file"):
                partner.with_user(self.users["office"]).unlink()
        self.assertTrue(partner.exists())
        self.env["res.partner"].create({"name": "Nobody"}).unlink()

    def test_correspondent_is_not_deleted(self):
        person = self.env["res.partner"].create({"name": "Ann"})
        line = self.env["association.correspondent"].create(
            {"member_id": self.member.id, "partner_id": person.id, "date_to": "2020-12-31"}
        )
        with self.assertRaisesRegex(UserError, "Ann is, or was, a correspondent of Organisation 0"):
            person.unlink()
        line.unlink()
        person.unlink()

    def test_who_may_not_see_files_reads_the_sentence_all_the_same(self):
        clerk = self.outsider
        clerk.group_ids |= self.env.ref("base.group_partner_manager")
        with self.assertRaisesRegex(UserError, "has a member's file"):
            self.member.partner_id.with_user(clerk).unlink()

    def test_file_without_membership_is_made_again(self):
        member = self.make_members(1, name="Draft")
        partner = member.partner_id
        member.unlink()
        again = self.env["association.member"].create({"partner_id": partner.id, "company_id": self.company.id})
        self.assertEqual(again.state, "none")

    def test_file_stays_in_its_association(self):
        other = self.env["res.company"].create({"name": "Other network"})
        with self.assertRaisesRegex(UserError, "belong to"):
            self.member.company_id = other
        self.assertEqual(self.membership.company_id, self.company)
        self.member.company_id = self.company
        empty = self.make_members(1, name="Empty", category=self.category)
        empty.company_id = other
        self.assertEqual(empty.company_id, other)

    def test_file_stays_where_the_user_does_not_see_its_memberships(self):
        other = self.env["res.company"].create({"name": "Other network"})
        user = self.users["manager"]
        user.company_ids = [Command.link(other.id)]
        with self.assertRaisesRegex(UserError, "belong to"):
            self.member.with_user(user).write({"company_id": other.id})
