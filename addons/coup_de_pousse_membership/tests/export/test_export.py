"""Registers as workbooks: what each says, and to whom."""

import base64
import io

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from openpyxl import load_workbook

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestExport(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.paid, cls.unpaid, cls.former = cls.make_members(3, budget=1)
        cls.paid.partner_id.name = "Épicerie"
        colleges = cls.env["association.college"].create([{"name": "Founders", "weight": 2}, {"name": "Others"}])
        cls.paid.college_id, cls.unpaid.college_id = colleges
        memberships = cls.make_memberships(cls.paid + cls.unpaid, cls.grid)
        cls.calls = memberships._issue_calls(invoice_date=f"{cls.year}-01-05", due_date=f"{cls.year}-02-05")
        cls.pay(memberships.filtered(lambda one: one.member_id == cls.paid)._get_call_lines().move_id)

    def export(self, kind, user="treasurer", **values):
        """Return {tab: its rows} of a register."""
        wizard = self.env["association.export.wizard"].with_user(self.users[user]).create({"kind": kind, **values})
        action = wizard.action_export()
        file = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4]))
        book = load_workbook(io.BytesIO(base64.b64decode(file.content)))
        for page in book.worksheets:
            self.assertTrue(page.freeze_panes)
            self.assertTrue(page.print_title_rows)
        return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}

    def line(self, rows, name):
        return next(row for row in rows if name in row)

    def test_the_electoral_list_says_who_has_a_vote_and_why_not(self):
        self.env["association.correspondent"].create(
            [
                {
                    "member_id": self.paid.id,
                    "role": role,
                    "partner_id": self.env["res.partner"].create({"name": name}).id,
                }
                for role, name in (("president", "Paule President"), ("delegate", "Dora Delegate"))
            ]
        )
        sheets = self.export("electors", "office", day=self.today)
        summary = sheets.pop(next(iter(sheets)))
        self.assertEqual(set(sheets), {"Founders", "Others"})
        self.assertEqual([row[1:] for row in summary if row[0] == "Founders"], [(2, 1, 0)])
        self.assertEqual([row[1:] for row in summary if row[0] == "Others"], [(1, 0, 1)])
        self.assertIn("Dora Delegate", self.line(sheets["Founders"], "Épicerie"))
        without = self.line(sheets["Others"], self.unpaid.display_name)
        self.assertTrue(without[7], "why it has no vote")
        self.assertNotIn(self.former.display_name, str(sheets))

    def test_the_memberships_of_a_year_sum_to_what_was_called_and_received(self):
        [rows] = self.export("memberships", "director", year=self.year).values()
        self.assertEqual(
            rows[-1][9:13],
            ("=SUBTOTAL(109,J5:J6)", "=SUBTOTAL(109,K5:K6)", "=SUBTOTAL(109,L5:L6)", "=SUBTOTAL(109,M5:M6)"),
        )
        self.assertEqual([row[9] for row in rows[4:6]], [100, 100])
        self.assertEqual(sorted(row[11] for row in rows[4:6]), [0, 100])
        [none] = self.export("memberships", year=self.year - 5).values()
        self.assertEqual(len([row for row in none if row[0]]), 3)

    def test_who_is_late_can_be_rung_up(self):
        self.unpaid.partner_id.write({"phone": "02 40 00 00 00", "email": "late@example.org"})
        [rows] = self.export("late").values()
        names = [row[1] for row in rows[1:] if row[1]]
        self.assertEqual(names, self.unpaid.partner_id.mapped("name"))
        self.assertIn("late@example.org", rows[1])
        self.assertTrue(any("40 00 00 00" in str(cell) for cell in rows[1]))

    def test_the_journal_tells_who_changed_what(self):
        office = self.users["office"]
        self.env.cr.flush()  # what is created in a transaction is not tracked until its end
        self.unpaid.with_env(self.env(user=office, context={})).college_id = self.paid.college_id
        self.env.cr.flush()
        [rows] = self.export("changes", date_from=self.today, date_to=self.today).values()
        change = next(row for row in rows if "Founders" in row)
        self.assertEqual(change[1], self.unpaid.display_name)
        self.assertEqual(change[3:6], ("Others", "Founders", office.name))
        [rows] = self.export("changes", date_from=f"{self.year - 3}-01-01", date_to=f"{self.year - 3}-12-31").values()
        self.assertNotIn("Founders", str(rows))

    def test_a_day_of_the_journal_is_the_associations(self):
        self.env.company.partner_id.tz = "Europe/Paris"
        self.env.cr.flush()
        self.unpaid.with_env(self.env(user=self.users["office"], context={})).college_id = self.paid.college_id
        self.env.cr.flush()
        tracking = self.env["mail.tracking.value"].search([("new_value_char", "=", "Founders")], limit=1)
        tracking.mail_message_id.date = f"{self.year}-01-31 23:30:00"
        for day, told in ((f"{self.year}-01-31", False), (f"{self.year}-02-01", True)):
            with self.subTest(day):
                [rows] = self.export("changes", date_from=day, date_to=day).values()
                self.assertEqual("Founders" in str(rows), told)
                if told:
                    self.assertIn(day, str(next(row[0] for row in rows if "Founders" in row)))

    def test_each_sees_the_registers_of_their_role(self):
        office, treasurer = (
            self.env["association.export.wizard"].with_user(self.users[role]) for role in ("office", "treasurer")
        )
        kinds = {kind for kind, _label in office._selection_kind()}
        self.assertEqual({kind for kind, _label in treasurer._selection_kind()} - kinds, {"late", "receipts"})
        for kind in ("receipts", "late"):
            with self.assertRaises(AccessError):
                office.create({"kind": kind}).action_export()
        with self.assertRaises(AccessError):
            self.env["association.export.wizard"].with_user(self.outsider).create({"kind": "members"})

    def test_a_period_in_disorder_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self.export("changes", date_from=self.today, date_to=f"{self.year - 1}-01-01")

    def test_a_name_that_looks_like_a_formula_is_text(self):
        self.paid.partner_id.name = "=1+1"
        [rows] = self.export("members").values()
        self.assertIn("=1+1", [row[1] for row in rows])
