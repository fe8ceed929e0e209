"""Membership form, certificate, cards and labels, and calls that get paid: printed by the real engine, and read."""

import io
import re
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ..common import ADDON, MembershipCommon

#: The server that has the styles waits for this test: the engine finds nobody, and prints all the same.
NOBODY = "http://127.0.0.1:9"
#: Points of a PDF in a millimetre.
MILLIMETRE = 72 / 25.4
ADDRESS = {"street": "4 rue des Lilas", "zip": "44000", "city": "Nantes"}


@tagged("post_install", "-at_install")
class TestPapers(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, 100000, 60), (100000, None, 1234567.89)], date_to=f"{cls.year}-12-31")
        cls.members = cls.make_members(3, budget=50000, name="Paper")
        cls.members.partner_id.write(ADDRESS)
        cls.company.partner_id.bank_ids = [Command.create({"acc_number": "FR76 3000 6000 0112 3456 7890 189"})]
        cls.env["ir.config_parameter"].sudo().set_param("report.url", NOBODY)

    def print(self, name, records, role="office"):
        """Return the pages of a paper, and its text."""
        report = self.env["ir.actions.report"].with_user(self.users[role]).with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf(name if "." in name else f"{ADDON}.{name}", records.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfFileReader(io.BytesIO(content)).pages
        return pages, re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))

    def join(self, members=None):
        memberships = self.make_memberships(self.members if members is None else members, self.grid)
        return memberships._issue_calls(self.today, self.today + timedelta(days=30))

    # ---- form ----

    def test_a_form_filled_in(self):
        member = self.members[0]
        pages, text = self.print("report_membership_form", member)
        self.assertEqual(len(pages), 1)
        for told in (
            "Paper 0",
            "4 rue des Lilas",
            "44000 Nantes",
            f"Budget {self.year - 1}",
            "FR76 3000 6000 0112 3456 7890 189",
            "www.cnil.fr",
        ):
            self.assertIn(told, text)
        self.assertRegex(text, r"50.000")
        self.assertRegex(text, r"1.234.567[.,]89")

    def test_a_blank_form_names_nobody(self):
        _pages, text = self.print("report_membership_form_blank", self.grid)
        self.assertNotIn("Paper 0", text)
        self.assertIn("60", text)

    def test_a_form_without_a_grid_and_with_twelve_lines(self):
        self.grid.action_close()
        pages, text = self.print("report_membership_form", self.members[0])
        self.assertEqual(len(pages), 1)
        self.assertIn("Paper 0", text)
        bands = [(rank * 1000, (rank + 1) * 1000, 10 + rank) for rank in range(12)]
        long = self.make_grid(bands, date_from=f"{self.year + 1}-01-01")
        pages, text = self.print("report_membership_form_blank", long)
        self.assertEqual(len(pages), 1)
        self.assertIn("21", text)

    # ---- certificate, cards, labels ----

    def test_a_certificate_is_for_members(self):
        calls = self.join(self.members[0])
        _pages, text = self.print("report_certificate", self.members[0])
        for told in ("Paper 0", self.company.name, rf"31 d[^ ]+ {self.year}", "not paid yet|pas encore"):
            self.assertRegex(text, told)
        with self.assertRaisesRegex(UserError, "Paper 1"), self.env.cr.savepoint():
            self.print("report_certificate", self.members)
        self.pay(calls)
        self.env.invalidate_all()
        self.assertRegex(self.print("report_certificate", self.members[0])[1], "is settled|est réglée")

    def test_labels_fit_their_sheet(self):
        members = self.make_members(22, name="Label")
        members.partner_id.write({**ADDRESS, "country_id": self.env.ref("base.fr").id})
        members[21].partner_id.country_id = self.env.ref("base.ml")
        pages, text = self.print("report_labels_21", members)
        self.assertEqual((text.count("FRANCE"), text.count("France"), text.count("MALI")), (0, 0, 1))
        self.assertEqual(len(pages), 2, "21 on a page")
        for rank in (0, 20, 21):
            self.assertIn(f"Label {rank}", text)
        across, down = self.measure(pages[0])
        self.assertAlmostEqual(across, 66, delta=0.5)
        self.assertAlmostEqual(down, 38.1, delta=0.3)

    def measure(self, page):
        """Return how far apart the labels of a page are, across and down, in millimetres."""
        places = set()

        def look(said, page_matrix, place, *_rest):
            if "Label" in said:
                across = place[4] * page_matrix[0] + page_matrix[4]
                up = place[5] * page_matrix[3] + page_matrix[5]
                places.add((round(across / MILLIMETRE, 1), round(up / MILLIMETRE, 1)))

        page.extract_text(visitor_text=look)
        columns, rows = (sorted({place[axis] for place in places}) for axis in (0, 1))
        return (columns[-1] - columns[0]) / 2, (rows[-1] - rows[0]) / 6

    def test_no_name_breaks_a_paper(self):
        """A long name, one in Arabic, an address of which nothing is known, one abroad, a fee of nothing."""
        free = self.make_grid([(None, None, 0)], date_from=f"{self.year}-01-01", name="Free")
        long = " ".join(["Fédération interdépartementale des associations de solidarité"] * 3)
        for name, address in (
            (long, {}),
            ("جمعية الصداقة", {"city": "Bamako", "country_id": self.env.ref("base.ml").id}),
        ):
            member = self.make_members(1, budget=1)
            member.partner_id.write({"name": name, **address})
            self.make_memberships(member, free)
            for report, pages_wanted in (
                ("report_membership_form", 1),
                ("report_certificate", 1),
                ("report_cards", 1),
                ("report_labels_14", 1),
            ):
                pages, text = self.print(report, member)
                with self.subTest(report=report, name=name):
                    self.assertEqual(len(pages), pages_wanted)
                    if name == long:
                        self.assertIn("interdépartementale", text)
                    else:
                        self.assertRegex(text, "[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
                    for font in pages[0]["/Resources"]["/Font"].values():
                        described = font.get_object().get("/DescendantFonts", [font])[0].get_object()
                        self.assertTrue({"/FontFile", "/FontFile2", "/FontFile3"} & set(described["/FontDescriptor"]))

    def test_ten_cards_on_a_page(self):
        members = self.make_members(11, budget=1, name="Card")
        self.join(members)
        pages, text = self.print("report_cards", members)
        self.assertEqual(len(pages), 2)
        self.assertIn("Card 10", text)
        self.assertRegex(text, str(self.year))
        tokens = members.sudo().mapped("card_token")
        self.assertEqual(len(set(tokens)), 11)
        self.print("report_cards", members)
        self.assertEqual(members.sudo().mapped("card_token"), tokens, "a card printed again has the same code")

    # ---- calls ----

    def test_a_call_can_be_paid_by_its_code(self):
        call = self.join(self.members[0])
        call = call.with_user(self.users["treasurer"])
        bank = call.call_bank_id.sudo()
        lines = bank._get_qr_vals("sct_qr", 60.0, call.currency_id, call.partner_id, call.call_reference, None)
        self.assertIn("EUR60.0", lines)
        self.assertTrue({call.call_reference, call.call_reference.replace(" ", "")} & set(lines))
        self.assertTrue(call._get_sepa_qr())
        _pages, text = self.print("account.account_invoices", call, role="treasurer")
        self.assertIn(call.name, text)
        self.assertRegex(text, "Sixty|Soixante")
        self.pay(call.with_user(self.env.user))
        self.assertFalse(call._get_sepa_qr(), "there is nothing left to pay")

    def test_no_code_without_an_account(self):
        self.company.partner_id.bank_ids.unlink()
        self.assertFalse(self.join(self.members[0])._get_sepa_qr())
