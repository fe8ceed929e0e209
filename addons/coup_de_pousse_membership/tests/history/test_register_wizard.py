"""The register at a date, as the dialog shows, prints and exports it."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ADDON
from ..register.register_lists_common import RegisterListsCommon


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
