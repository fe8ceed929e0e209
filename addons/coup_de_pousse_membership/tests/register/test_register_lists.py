"""Applications as the board sees them: in a list, on paper, in a spreadsheet."""

import ast
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ADDON
from .register_lists_common import RegisterListsCommon


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
