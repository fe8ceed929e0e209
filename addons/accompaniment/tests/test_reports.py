import base64
import io

import openpyxl
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestReports(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lianes.unlink()
        cls.mission = cls.env["accompaniment.demo"]._create_lianes(cls.users["adviser"])

    def render(self, name, role="director"):
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users[role])
            .with_context(lang="en_US")
            ._render_qweb_html(f"accompaniment.{name}", self.mission.ids)
        )
        return html.decode()

    def test_documents_tell_the_mission(self):
        expected = {
            "report_specification": ["Lianes coopération", "Restitution", "720", "DASESS"],
            "report_mission": ["60 answers", "38 (63 %)", "plaidoyer", "Écrire une charte", "<svg", "Organigramme"],
            "report_case": ["questionnaire a donné la parole", "60 people heard", "recentrée"],
        }
        for name, texts in expected.items():
            for role in ("director", "adviser"):
                html = self.render(name, role)
                for text in texts:
                    self.assertIn(text, html, name)

    def test_funder_s_table_sums_alike_whichever_way(self):
        Wizard = self.env["accompaniment.funder.wizard"].with_user(self.users["director"])
        other = self.make_mission(name="Another", partner_id=self.region.id)
        self.make_mission(name="Later", partner_id=self.region.id, date_from="2018-01-01", date_to="2018-02-01")
        action = Wizard.create({"year": 2017}).action_download()
        content = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4])).content
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(content)))
        pages = [list(page.values)[4:] for page in book.worksheets]
        mine = {row[0]: row for row in pages[0]}
        self.assertIn(self.mission.name, mine)
        self.assertIn(other.name, mine)
        self.assertNotIn("Later", mine)
        self.assertEqual(mine[self.mission.name][11:14], (12, 11.5, 9600))
        for page in pages[1:3]:
            self.assertEqual(sum(row[1] for row in page), len(mine))
            self.assertEqual(sum(row[5] for row in page), sum(row[13] for row in pages[0]))
        for year, sentence in ((17, "four figures"), (1950, "No mission")):
            with self.assertRaisesRegex(UserError, sentence):
                Wizard.create({"year": year}).action_download()
