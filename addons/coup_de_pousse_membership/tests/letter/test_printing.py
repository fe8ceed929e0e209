"""Calls as documents: one PDF to print and post, and one that cannot be made."""

import base64
import io
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ...models.letter import association_reminder_log
from ..common import ADDON
from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestPrinting(SendingCommon):
    def test_one_pdf_to_print(self):
        self.called(2, email=None)
        self.campaign = self.campaign.with_context(force_report_rendering=True)
        self.campaign.sending_state = "running"
        with self.printing(), self.plain_pdf():
            self.campaign._send_next_calls()
        action = self.logs.with_user(self.treasurer).action_print_letters()
        self.assertIn(".pdf", action["url"])
        download = self.env["association.spreadsheet"].sudo().search([], order="id desc", limit=1)
        content = base64.b64decode(download.content)
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(PdfFileReader(io.BytesIO(content)).getNumPages(), 2)
        self.assertIn(".xlsx", self.logs.with_user(self.users["office"]).action_export_letters()["url"])

    def test_too_many_to_print_while_one_waits(self):
        self.called(3, email=None)
        self.campaign.sending_state = "running"
        self.campaign._send_next_calls()
        letters = self.logs.with_user(self.treasurer)
        letters.move_id.sudo().invoice_pdf_report_id.unlink()
        self.patch(association_reminder_log, "PRINTED_AT_ONCE", 2)
        with self.assertRaisesRegex(UserError, "select fewer letters"):
            letters.action_print_letters()

    def printing_fails_for(self, culprit, error):
        """Make the printing of one call fail."""
        send = type(self.env["account.move.send"])
        prepare = send._prepare_invoice_pdf_report

        def fail(model, data):
            if culprit.id in [move.id for move in data]:
                raise error
            return prepare(model, data)

        return patch.object(send, "_prepare_invoice_pdf_report", fail)

    def test_a_pdf_that_fails_stands_alone(self):
        lines = self.called(5)
        with self.printing(), self.printing_fails_for(lines[3].move_id, UserError("wkhtmltopdf crashed")):
            self.send_calls()
        self.assertEqual(lines.mapped("mail_state"), ["queued"] * 3 + ["failed", "queued"])
        self.assertIn("wkhtmltopdf crashed", lines[3].mail_failure)
        lines[3].call_log_id.with_user(self.treasurer).action_send_again()
        self.assertEqual(lines[3].mail_state, "queued")

    def test_a_pdf_that_fails_as_nobody_expected_stands_alone_too(self):
        lines = self.called(3)
        with (
            self.printing(),
            self.printing_fails_for(lines[0].move_id, ZeroDivisionError()),
            self.assertLogs(f"odoo.addons.{ADDON}.models.common.batch", "ERROR"),
        ):
            self.send_calls()
        self.assertEqual(lines.mapped("mail_state"), ["failed", "queued", "queued"])
        self.assertIn("ZeroDivisionError", lines[0].mail_failure)
