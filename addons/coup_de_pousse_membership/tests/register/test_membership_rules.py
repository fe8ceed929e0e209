"""What holds of memberships whoever writes them: rules of the database, and who may do what."""

from datetime import timedelta

import psycopg2.errors
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestMembershipRules(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])

    def make_one(self, **kwargs):
        return self.make_memberships(self.make_members(1, budget=1), self.grid, **kwargs)

    # ---- rules that the database holds ----

    def test_no_two_live_memberships_over_one_day(self):
        membership = self.make_one()
        with (
            self.assertRaises(psycopg2.errors.ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            membership.copy({"date_from": membership.date_to})
            self.env.flush_all()
        _memberships, refused = self.grid._create_memberships(membership.member_id)
        self.assertIn("Already", refused[membership.member_id])
        # next to each other is fine
        membership.copy(
            {
                "date_from": membership.date_to + timedelta(days=1),
                "date_to": membership.date_to + timedelta(days=10),
            }
        )
        self.env.flush_all()

    def test_constraints_exist_in_the_database(self):
        self.cr.execute(
            "SELECT conname, contype FROM pg_constraint WHERE conrelid = 'association_membership'::regclass"
        )
        constraints = dict(self.cr.fetchall())
        self.assertEqual(constraints.get("association_membership_no_overlap"), "x")
        for name in ("dates_in_order", "amount_not_negative", "decision_dated"):
            self.assertEqual(constraints.get(f"association_membership_{name}"), "c")
        self.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE indexdef LIKE 'CREATE UNIQUE%'"
            " AND tablename IN ('association_member', 'association_annual_figures')"
        )
        indexes = {row[0] for row in self.cr.fetchall()}
        self.assertIn("association_member_partner_company_unique", indexes)
        self.assertIn("association_annual_figures_partner_year_unique", indexes)

    def test_the_register_is_not_deleted(self):
        membership = self.make_one()
        with self.assertRaisesRegex(UserError, "register"):
            membership.member_id.unlink()
        membership._issue_calls()
        with self.assertRaisesRegex(UserError, "credit note"):
            membership.unlink()

    # ---- who may what ----

    def test_rights_to_read(self):
        member = self.make_one(admit=False).member_id
        with self.assertRaises(AccessError):
            member.with_user(self.outsider).read(["state"])
        with self.assertRaises(AccessError):
            member.partner_id.with_user(self.outsider).read(["membership_state"])
        self.assertEqual(member.with_user(self.users["director"]).state, "applicant")

    def test_rights_to_write(self):
        membership = self.make_one(admit=False)
        member = membership.member_id
        director = self.users["director"]
        for record, vals in (
            (member, {"since": self.today}),
            (membership, {"amount": 1}),
            (member.partner_id, {"name": "Changed"}),
            (member.partner_id.annual_figures_ids, {"budget": 2}),
            (self.grid, {"name": "Changed"}),
            (self.category, {"name": "Changed"}),
        ):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(director).write(vals)
        office = self.users["office"]
        membership.with_user(office)._decide_admission("admitted", self.today, "Board")
        with self.assertRaises(AccessError):
            membership.with_user(office)._issue_calls()
        with self.assertRaises(AccessError):
            self.grid.with_user(office).action_close()
        with self.assertRaises(AccessError):
            self.category.with_user(office).write({"name": "Changed"})
        invoice = membership.with_user(self.users["treasurer"])._issue_calls()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.with_user(director).amount_total, 100)
        with self.assertRaises(AccessError):
            invoice.with_user(director).write({"ref": "changed"})

    def test_two_associations_do_not_see_each_other(self):
        membership = self.make_one()
        other = self.env["res.company"].create({"name": "Other association"})
        stranger = self.users["office"].copy(
            {"login": "stranger", "company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        members = self.env["association.member"].with_user(stranger)
        self.assertFalse(members.search([("partner_id", "=", membership.partner_id.id)]))
        with self.assertRaises(AccessError):
            membership.with_user(stranger).read(["amount"])
        # one contact can be a member of both
        second = members.create({"partner_id": membership.partner_id.id, "company_id": other.id})
        self.assertNotEqual(second, membership.member_id)
