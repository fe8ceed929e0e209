"""The documents of a mission, and the funder's annual table."""

import base64
import io

import openpyxl
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestReports(AccompanimentCommon, AccountTestInvoicingCommon):
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
        book = self.open_book(action)
        pages = {page.title: list(page.iter_rows(min_row=4 if page.title == "Missions" else 5)) for page in book}
        mine = {row[0].value: row for row in pages["Missions"]}
        self.assertIn(self.mission.name, mine)
        self.assertIn(other.name, mine)
        self.assertNotIn("Later", mine)
        header = [cell.value for cell in mine.pop("Mission")]
        row = dict(zip(header, mine[self.mission.name], strict=True))
        symbol = self.company.currency_id.symbol
        expected = (12, 11.5, 11.5, 9600, 0)
        names = ("Days planned", "Days used", "Days used in 2017", f"Price ({symbol})", f"Invoiced ({symbol})")
        self.assertEqual(tuple(row[name].value for name in names), expected)
        self.assertEqual((row["Starts on"].number_format, row["Days used"].number_format), ("dd/mm/yyyy", "#,##0.0#"))
        whole = [cell.value for cell in mine.pop("Total")][10:]
        self.assertEqual(whole, [sum(row[rank].value or 0 for row in mine.values()) for rank in range(10, 16)])
        for label in ("By scheme", "By territory", "By sector", "By size", "By year"):
            _header, *rows, total = ([cell.value for cell in row] for row in pages[label])
            self.assertEqual(total[1:], [len(mine), *whole], label)
            self.assertEqual(total[1:], [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)], label)
        _header, *themes = ([cell.value for cell in row] for row in pages["By theme"])
        self.assertEqual(sum(row[1] for row in themes), sum(len(m.theme_ids) or 1 for m in self.mission | other))

    def test_funder_s_table_of_several_years(self):
        Wizard = self.env["accompaniment.funder.wizard"].with_user(self.users["director"])
        self.make_mission(name="Later", partner_id=self.region.id, date_from="2018-01-01", date_to="2018-02-01")
        book = self.open_book(Wizard.create({"year_from": 2017, "year": 2018}).action_download())
        years = [row[:2] for row in book["By year"].iter_rows(min_row=6, values_only=True)]
        self.assertEqual([name for name, _count in years], ["2017", "2018", "Total"])
        with self.assertRaisesRegex(UserError, "after the last"):
            Wizard.create({"year_from": 2019, "year": 2018}).action_download()

    def test_a_mission_over_two_years_gives_each_year_its_part(self):
        mission = self.make_mission(
            name="Over New Year",
            partner_id=self.region.id,
            date_from="2021-12-01",
            date_to="2022-02-28",
            phase_ids=[
                Command.create(
                    {"name": "Before", "days_planned": 4, "date_from": "2021-12-01", "date_to": "2021-12-31"}
                ),
                Command.create({"name": "After", "days_planned": 6, "date_from": "2022-01-03"}),
            ],
            cofunding_ids=[Command.create({"partner_id": self.region.id, "amount": 8000})],
        )
        self.enter_days(mission.phase_ids[0], 3, "2021-12-10")
        self.enter_days(mission.phase_ids[1], 2.5, "2022-01-10")
        mission.action_start()
        mission.with_user(self.users["coordinator"]).action_invoice()
        move = mission.cofunding_ids.line_ids.move_id.with_user(self.users["coordinator"])
        move.invoice_date = "2022-03-01"
        move.action_post()
        Wizard = self.env["accompaniment.funder.wizard"].with_user(self.users["director"])
        book = self.open_book(Wizard.create({"year": 2021}).action_download())
        rows = list(book["By year"].iter_rows(min_row=6, values_only=True))
        self.assertEqual(rows[0], ("2021", 1, 1, 4, 3, 3, 3200, 0))
        self.assertEqual(rows[1], ("2022", 0, 0, 6, 2.5, 0, 4800, 8000))
        self.assertEqual(rows[2], ("Total", 1, 1, 10, 5.5, 3, 8000, 8000))
        rows = list(book["By co-funder and year"].iter_rows(min_row=6, values_only=True))
        self.assertEqual(rows[0], ("Région", "2021", 1, 3200, 0))
        self.assertEqual(rows[1], ("Région", "2022", 1, 4800, 8000))

    def open_book(self, action):
        content = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4])).content
        return openpyxl.load_workbook(io.BytesIO(base64.b64decode(content)), data_only=True)

    def test_the_year_is_told_with_a_sentence(self):
        Wizard = self.env["accompaniment.funder.wizard"].with_user(self.users["director"])
        for year, sentence in ((17, "four figures"), (1950, "No mission")):
            with self.assertRaisesRegex(UserError, sentence):
                Wizard.create({"year": year}).action_download()
