"""The page for the board: one sheet of paper, its figures those of the dashboard; and the workbook."""

import io

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.pdf import PdfFileReader

from ..common import ADDON
from .common import MetricCommon


@tagged("post_install", "-at_install")
class TestMetricPage(MetricCommon):
    def make_wizard(self, role="director", **values):
        wizards = self.env["association.metric.page.wizard"].with_user(self.users[role])
        return wizards.create({"dashboard_id": self.env.ref(f"{ADDON}.dashboard_membership").id, **values})

    def test_one_page_with_the_figures(self):
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        for name in ("membership", "network"):
            wizard = self.make_wizard(dashboard_id=self.env.ref(f"{ADDON}.dashboard_{name}").id)
            report = (
                self.env.ref(f"{ADDON}.report_metric_page")
                .with_user(self.users["director"])
                .with_context(force_report_rendering=True)
            )
            content, _kind = report._render_qweb_pdf(f"{ADDON}.report_metric_page_document", wizard.ids)
            pages = PdfFileReader(io.BytesIO(content)).pages
            self.assertEqual(len(pages), 1, name)
            text = " ".join(pages[0].extract_text().split())
            for told in (wizard.dashboard_id.name, "Members", "Renewal rate", "150"):
                self.assertIn(told, text)

    def test_changes_are_of_the_year_before(self):
        page = self.make_wizard()._get_page()
        rows = {metric.code: texts for metric, *texts in page.list_rows()}
        self.assertEqual(rows["members"][1:], ["", ""], "there is none of what is today")
        self.assertEqual(rows["joined"], ["4", "0", "–"], "nothing is a percentage of 0")
        self.assertEqual(rows["renewal_rate"][0], "–")
        charts = {metric.code: bars for metric, bars in page.list_charts()}
        self.assertEqual([bar[2] for bar in charts["members_running"]][-1], 100)
        self.assertEqual(charts["members_category"][0][1:], ("4", 100.0, False))

    def test_the_workbook(self):
        [sheet] = self.make_wizard()._get_page().make_sheets()
        rows = {row[0]: row[1:3] for row in sheet.rows}
        self.assertEqual(rows["Fees collected"], (150, 0))
        self.assertEqual(rows["Members"], (4, None))
        action = self.make_wizard().action_export()
        self.assertEqual(action["type"], "ir.actions.act_url")

    def test_who_may_print_it(self):
        form = Form(self.env["association.metric.page.wizard"].with_user(self.users["director"]))
        self.assertEqual(form.dashboard_id, self.env.ref(f"{ADDON}.dashboard_network"))
        office = Form(self.env["association.metric.page.wizard"].with_user(self.users["office"]))
        self.assertEqual(office.dashboard_id, self.env.ref(f"{ADDON}.dashboard_membership"))
        wizard = self.env["association.metric.page.wizard"].with_user(self.outsider)
        with self.assertRaises(AccessError):
            wizard.create({"dashboard_id": self.env.ref(f"{ADDON}.dashboard_membership").id})._get_page()
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self.make_wizard(date_from=self.today, date_to=f"{self.year - 1}-01-01")
