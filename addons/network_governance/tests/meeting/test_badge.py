"""The picture of a badge, as a mail shows it, and the convocation as it is printed."""

import io

from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from .common import MeetingCommon


@tagged("post_install", "-at_install")
class TestBadge(MeetingCommon, HttpCase):
    def test_a_badge_is_a_picture_and_nothing_else_is(self):
        line = self.convene().attendance_ids[0]
        path = line._get_badge_url().removeprefix(line.get_base_url())
        answer = self.url_open(path)
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
        for wrong in ("x", "a" * 25, "..%2Fetc", "%00", "é" * 3):
            self.assertEqual(self.url_open(f"/governance/badge/{wrong}").status_code, 404)

    def test_letters_to_post(self):
        self.people[:2].write({"email": False, "lang": "en_US"})
        meeting = self.convene()
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        report = meeting.action_print_convocations()
        letters = meeting.attendance_ids.filtered(lambda line: line.channel == "post").ids
        self.assertEqual(len(letters), 2)
        content, _kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(report["report_name"], letters)
        )
        pages = PdfFileReader(io.BytesIO(content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        for words in ("Person 1", "Accounts of the year", "a proxy"):
            self.assertIn(words, text)
