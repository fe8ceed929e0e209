import ast
import base64
import io
from datetime import date

import openpyxl
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, HttpCase, tagged

from ...calculation.common.spreadsheet import Sheet, workbook
from ..common import ADDON, MembershipCommon


def read(content):
    """Return {sheet: rows} of an XLSX file."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


class TestSpreadsheet(BaseCase):
    def test_values_keep_their_kind(self):
        columns = [("Name", 20, "text"), ("Day", 12, "date"), ("Fee", 12, "money"), ("Number", 8, "integer")]
        rows = [("=1+1", date(2025, 12, 31), 12.5, 3), (False, None, 0, False)]
        found = read(workbook([Sheet("A/B [2025] and a very long name indeed", columns, rows, ("Title",))]))
        self.assertEqual(list(found), ["A-B -2025- and a very long name"])
        title, _blank, header, first, second = next(iter(found.values()))
        self.assertEqual(title[0], "Title")
        self.assertEqual(header, ["Name", "Day", "Fee", "Number"])
        self.assertEqual((first[0], first[1].date(), first[2], first[3]), ("=1+1", date(2025, 12, 31), 12.5, 3))
        self.assertEqual(second, [None, None, 0, None])

    def test_empty(self):
        self.assertEqual(read(workbook([Sheet("Empty", [("Name", 10, "text")], [])])), {"Empty": [["Name"]]})


class RegisterListsCommon(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.members = cls.make_members(3, budget=12000)
        cls.town = cls.make_members(1, budget=500, category=cls.authority, name="Town")
        cls.everybody = cls.members | cls.town
        cls.memberships = cls.make_memberships(cls.everybody, cls.grid, admit=False)
        cls.env["res.users"].search([]).lang = "en_US"

    def download(self, action):
        self.assertEqual(action["type"], "ir.actions.act_url")
        spreadsheet = self.env["association.spreadsheet"].search([], order="id desc", limit=1)
        self.assertIn(f"/{spreadsheet.id}/content/", action["url"])
        return read(base64.b64decode(spreadsheet.content))


@tagged("post_install", "-at_install")
class TestApplications(RegisterListsCommon):
    def html(self, memberships):
        report = self.env.ref(f"{ADDON}.report_applications")
        return report._render_qweb_html(report, memberships.ids)[0].decode()

    def test_list_on_paper_before_and_after_the_decision(self):
        before = self.html(self.memberships)
        self.assertIn("4 applications", " ".join(before.split()))
        self.assertEqual(before.count("☐ admitted"), 4)
        for text in ("Organisation 0", "Town 0", self.category.name, self.authority.name, self.company.name):
            self.assertIn(text, before)
        self.assertRegex(before, "100[.,]00")
        self.memberships[:2]._decide_admission("admitted", date(2026, 3, 12), "Board of 12 March")
        self.memberships[2]._decide_admission("refused", date(2026, 3, 12), "Board of 12 March")
        after = self.html(self.memberships)
        self.assertEqual(after.count("☐ admitted"), 1)
        self.assertEqual((after.count("Admitted"), after.count("Refused")), (2, 1))
        self.assertEqual(after.count("Board of 12 March"), 3)
        self.assertRegex(after, "(03.12|12.03).2026")

    def test_letterhead_is_in_the_page(self):
        html = self.html(self.memberships)
        self.assertLess(html.index('class="article"'), html.index(self.company.name))
        self.assertNotIn('class="header', html)

    def test_grouped_by_category(self):
        groups = self.memberships._group_for_board()
        self.assertEqual([category for category, _found in groups], [self.category, self.authority])
        self.assertEqual(groups[0][1], self.memberships[:3])

    def test_spreadsheet(self):
        self.memberships[0]._decide_admission("admitted", date(2026, 3, 12), "Board")
        for role in ("director", "office", "treasurer"):
            found = self.download(self.memberships.with_user(self.users[role]).action_export_applications())
            self.assertEqual(list(found), [self.category.name[:31], self.authority.name[:31]])
            header, *rows = found[self.category.name[:31]]
            first = dict(zip(header, rows[0], strict=True))
            self.assertEqual((first["Fee"], first["Admission"], first["Decided by"]), (100, "Admitted", "Board"))
        with self.assertRaises(AccessError):
            self.memberships.with_user(self.outsider).action_export_applications()

    def test_the_list_holds_applications_only(self):
        self.memberships._decide_admission("admitted", self.today, "Board")
        later = self.make_grid([(None, None, 100)], date_from=f"{self.year + 1}-01-01", figures_year=self.year - 1)
        renewals = self.make_memberships(self.members, later)
        action = self.env["ir.actions.act_window"]._for_xml_id(f"{ADDON}.action_association_application")
        domain = [("company_id", "=", self.company.id), *ast.literal_eval(action["domain"])]
        found = self.env["association.membership"].search(domain)
        self.assertEqual(found, self.memberships.sorted(lambda m: (m.date_from, m.id), reverse=True))
        self.assertFalse(found & renewals)


@tagged("post_install", "-at_install")
class TestRegisterWizard(RegisterListsCommon):
    def setUp(self):
        super().setUp()
        self.memberships.write({"applied_on": f"{self.year}-01-01"})
        self.memberships._decide_admission("admitted", date(self.year, 1, 5), "Board")
        self.pay(self.memberships[:2]._issue_calls(date(self.year, 1, 6)))

    def wizard(self, role="director", **values):
        return self.env["association.register.wizard"].with_user(self.users[role]).create({"day": self.today, **values})

    def test_shown_to_each_role(self):
        for role in ("director", "office", "treasurer"):
            wizard = self.wizard(role)
            action = wizard.action_show()
            lines = self.env["association.register.line"].with_user(self.users[role]).search(action["domain"])
            self.assertEqual(lines.member_id, self.everybody)
            self.assertEqual(sorted(lines.mapped("state")), ["member", "member", "unpaid", "unpaid"])
        with self.assertRaises(AccessError):
            self.env["association.register.wizard"].with_user(self.outsider).create({"day": self.today})

    def test_scopes(self):
        for scope, count in (("members", 4), ("rights", 2), ("known", 4)):
            wizard = self.wizard(scope=scope)
            wizard.action_show()
            self.assertEqual(len(wizard.line_ids), count)
        before = self.wizard(day=date(self.year, 1, 2), scope="known")
        before.action_show()
        self.assertEqual(set(before.line_ids.mapped("state")), {"applicant"})
        self.assertEqual(self.wizard(day=date(self.year - 1, 12, 31), scope="known").line_ids.ids, [])

    def test_archived_files_stay_in_the_register(self):
        self.members[0].action_archive()
        wizard = self.wizard()
        wizard.action_show()
        self.assertIn(self.members[0], wizard.line_ids.member_id)

    def test_counts(self):
        wizard = self.wizard()
        wizard._fill()
        counts = dict(wizard._get_counts())
        self.assertEqual(counts["State"], [("Up to date", 2), ("To be paid", 2), ("Total", 4)])
        self.assertEqual(counts["Category"], [(self.category.name, 3), (self.authority.name, 1), ("Total", 4)])
        self.assertEqual(counts["College"][-1], ("Total", 4))

    def test_on_paper(self):
        wizard = self.wizard()
        self.assertEqual(wizard.action_print()["type"], "ir.actions.report")
        report = self.env.ref(f"{ADDON}.report_register").with_user(self.users["director"])
        html = report._render_qweb_html(report, wizard.ids)[0].decode()
        for text in ("Organisation 0", "Town 0", "Up to date", "To be paid", wizard._get_title(), self.company.name):
            self.assertIn(text, html)

    def test_spreadsheet(self):
        found = self.download(self.wizard().action_export())
        self.assertEqual(list(found), ["Members", "State", "Category", "College"])
        title, _day, _blank, header, *rows = found["Members"]
        self.assertEqual(title[0], self.company.name)
        self.assertEqual([row[0] for row in rows], ["Organisation 0", "Organisation 1", "Organisation 2", "Town 0"])
        self.assertEqual(dict(zip(header, rows[0], strict=True))["State"], "Up to date")

    def test_other_association_stays_out(self):
        other = self.env["res.company"].create({"name": "Other network"})
        self.env["association.member"].create(
            {
                "partner_id": self.members[0].partner_id.id,
                "company_id": other.id,
                "left_on": "2020-01-01",
                "end_reason": "resigned",
            }
        )
        wizard = self.wizard(scope="known")
        wizard.action_show()
        self.assertEqual(wizard.line_ids.member_id, self.everybody)

    def test_a_line_opens_the_file(self):
        wizard = self.wizard()
        wizard.action_show()
        self.assertEqual(wizard.line_ids[0].action_view_member()["res_id"], wizard.line_ids[0].member_id.id)

    def test_queries_do_not_grow(self):
        def cost():
            wizard = self.wizard()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            wizard._fill()
            self.env.flush_all()
            return self.cr.sql_log_count - start

        cost()
        few = cost()
        self.make_memberships(self.make_members(40, budget=1, name="Many"), self.grid)
        self.assertLessEqual(cost(), few + 2)


@tagged("post_install", "-at_install")
class TestDownload(HttpCase):
    def test_the_file_comes_out(self):
        self.authenticate("admin", "admin")
        action = (
            self.env["association.spreadsheet"]
            .with_user(self.env.ref("base.user_admin"))
            ._download("Register – été", [Sheet("Members", [("Name", 10, "text")], [("Ann",)])])
        )
        response = self.url_open(action["url"])
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(read(response.content), {"Members": [["Name"], ["Ann"]]})
