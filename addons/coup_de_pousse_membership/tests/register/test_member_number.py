"""The number of a member's file, the search that finds a member by anything, and the list to take away."""

import base64
import io

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestMemberNumber(MembershipCommon):
    def test_each_file_has_the_next_number(self):
        members = self.make_members(3)
        first = int(members[0].number)
        self.assertEqual(members.mapped("number"), [f"{first + rank:04d}" for rank in range(3)])

    def test_the_reference_of_the_contact_is_its_number_where_it_is_free(self):
        partners = self.env["res.partner"].create([{"name": name, "ref": "A-17"} for name in ("One", "Two")])
        one, two = self.env["association.member"].create(
            [{"partner_id": partner.id, "company_id": self.company.id} for partner in partners]
        )
        self.assertEqual(one.number, "A-17")
        self.assertRegex(two.number, r"^[0-9]{4}$")

    def test_a_number_typed_before_is_not_given_again(self):
        first, second = self.make_members(2)
        coming = int(second.number) + 1
        first.number = f"{coming:04d}"
        third = self.make_members(1)
        self.assertEqual(int(third.number), coming + 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            third.number = first.number
            third.flush_recordset()

    def test_each_association_counts_by_itself(self):
        other = self.env["res.company"].create({"name": "Other association"})
        partner = self.env["res.partner"].create({"name": "Member of both"})
        self.make_members(2)
        elsewhere = self.env["association.member"].create({"partner_id": partner.id, "company_id": other.id})
        self.assertEqual(elsewhere.number, "0001")

    def test_many_files_ask_no_more_queries(self):
        self.make_members(1)
        partners = self.env["res.partner"].create([{"name": f"P {rank}"} for rank in range(62)])
        counts = []
        for chunk in (partners[:2], partners[2:]):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["association.member"].create(
                [{"partner_id": partner.id, "company_id": self.company.id} for partner in chunk]
            )
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 4)

    def test_files_of_an_older_database_are_numbered_by_joining(self):
        old, new = self.make_members(2)
        old.since, new.since = "2020-01-01", "2010-01-01"
        self.env.flush_all()
        self.env.cr.execute("UPDATE association_member SET number = NULL WHERE company_id = %s", [self.company.id])
        self.env["association.member"]._init_column("number")
        self.env.invalidate_all()
        self.assertLess(new.number, old.number)


@tagged("post_install", "-at_install")
class TestMemberSearch(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sought, cls.other = cls.make_members(2, budget=1000)
        cls.sought.partner_id.write(
            {"email": "sought@example.org", "phone": "+33 1 40 20 50 50", "city": "Quimperlé", "country_id": 75}
        )
        cls.person = cls.env["res.partner"].create(
            {"name": "Maëlle Kergoat", "phone": "06 12 34 56 78", "country_id": cls.env.ref("base.fr").id}
        )
        cls.sought.correspondent_ids = [(0, 0, {"partner_id": cls.person.id, "role": "president"})]
        cls.call = cls.make_memberships(cls.sought, cls.make_grid([(None, None, 50)]))._issue_calls()

    def found(self, text, role="office"):
        return self.env["association.member"].with_user(self.users[role]).search([("anything", "ilike", text)])

    def test_everything_that_people_know_of_a_member_finds_it(self):
        for text in (
            self.sought.partner_id.name,
            self.sought.number,
            "sought@example",
            "01 40 20 50 50",
            "+33 1 40 20",
            "quimperle",
            "kergoat",
            "0612345678",
            self.call.name,
        ):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), self.sought)

    def test_the_office_finds_a_call_and_still_reads_none(self):
        self.assertEqual(self.found(self.call.name), self.sought)
        with self.assertRaises(AccessError):
            self.call.with_user(self.users["office"]).read(["amount_total"])

    def test_the_list_to_take_away(self):
        members = (self.sought | self.other).with_user(self.users["office"])
        action = members.action_export()
        file = self.env["association.spreadsheet"].browse(int(action["url"].split("/")[4]))
        sheet = load_workbook(io.BytesIO(base64.b64decode(file.content))).active
        rows = list(sheet.iter_rows(values_only=True))
        first = dict(zip(rows[0], rows[1], strict=True))
        self.assertEqual(first["Member number"], self.sought.number)
        self.assertEqual(first["City"], "Quimperlé")
        self.assertEqual(first["Email"], "sought@example.org")
        self.assertEqual(first["President"], "Maëlle Kergoat")
        self.assertEqual(first["President: phone"], self.person.phone)
        self.assertEqual(first["Open calls"], 50)

    def test_the_roles_may_export_lists(self):
        for role in ("director", "office", "treasurer", "manager"):
            self.assertTrue(self.users[role].has_group("base.group_allow_export"), role)
