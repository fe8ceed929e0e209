"""Tax receipts: what they say, that they never change, and for what there is none."""

import io
import json
import re
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import ADDON, NOBODY, ReceiptCommon

REPORT = "coup_de_pousse_membership.report_tax_receipt"


@tagged("post_install", "-at_install")
class TestReceipt(ReceiptCommon):
    def print(self, receipts):
        """Return what the real engine prints: the PDF, its reader, its text."""
        self.env["ir.config_parameter"].sudo().set_param("report.url", NOBODY)
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(self.treasurer)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(REPORT, receipts.ids)
        )
        self.assertEqual(kind, "pdf")
        reader = PdfFileReader(io.BytesIO(content))
        text = "\n".join(page.extract_text() for page in reader.pages)
        return content, reader, re.sub(r"\s+", " ", text)

    # ---- what it says ----

    def test_it_says_all_that_the_form_asks_for(self):
        receipt = self.receipt(self.give(1234567.89, description="Legacy of a friend"))
        content, reader, text = self.print(receipt)
        for told in (
            "11580*05",
            "200",
            f"{self.year}-0001",
            self.company.name,
            "W442001234",
            "Support to small associations",
            "Jeanne Donor",
            "4 rue des Lilas",
            "44000 Nantes",
            "un million deux cent trente-quatre mille cinq cent soixante-sept euros et quatre-vingt-neuf centimes",
            "Legacy of a friend",
            "Odile Signer",
            receipt.fingerprint,
        ):
            self.assertIn(told, text)
        self.assertRegex(text, r"\*\*\*1.234.567[.,]89")
        self.assertEqual(len(reader.pages), 1)
        self.assertIn(b"pdfaid:part", content, "it says that it is PDF/A")
        self.assertIn("/OutputIntents", reader.trailer["/Root"])

    def test_a_company_s_form(self):
        receipt = self.receipt(self.give(500, self.firm, kind="goods", description="Ten chairs, at cost"))
        _content, _reader, text = self.print(receipt)
        for told in ("16216*02", "238 bis", "Ten chairs, at cost", "Firm"):
            self.assertIn(told, text)

    def test_it_fits_on_one_page_whatever_the_names(self):
        donor = self.donor.copy(
            {
                "name": "Association " + "interdépartementale " * 8,
                "street": "مركز الشباب",
                "country_id": self.env.ref("base.be").id,
            }
        )
        receipts = self.receipt(self.give(0.01, donor))
        _content, reader, text = self.print(receipts)
        self.assertEqual(len(reader.pages), 1)
        self.assertIn("un centime", text)
        self.assertIn("Belgique", text) if self.env["res.lang"]._lang_get("fr_FR") else None

    def test_the_second_print_is_a_duplicate(self):
        receipt = self.receipt(self.give(50))
        duplicate = re.compile("DUPLICAT")
        self.assertNotRegex(self.print(receipt)[2], duplicate)
        self.assertRegex(self.print(receipt)[2], duplicate)

    def test_a_present_that_is_too_large_is_warned_of(self):
        self.assertFalse(self.give(400, given_back=73).receipt_warning)
        self.assertIn("ask for a ruling", self.give(400, given_back=74).receipt_warning)
        self.assertIn("25 %", self.give(100, given_back=26).receipt_warning)

    def test_what_was_given_in_return_is_taken_off(self):
        receipt = self.receipt(self.give(100, given_back=20))
        self.assertEqual(receipt.amount, 80)
        self.assertEqual(json.loads(receipt.facts)["words"], "quatre-vingts euros")

    # ---- it never changes ----

    def test_it_states_what_was_true_when_it_was_issued(self):
        receipt = self.receipt(self.give(50))
        self.donor.write({"name": "Another name", "street": "Elsewhere"})
        self.company.receipt_signatory = "Somebody else"
        text = self.print(receipt)[2]
        for told in ("Jeanne Donor", "4 rue des Lilas", "Odile Signer"):
            self.assertIn(told, text)
        self.assertTrue(receipt.is_intact)

    def test_a_change_in_the_database_is_seen(self):
        receipt = self.receipt(self.give(50))
        self.env.cr.execute("UPDATE association_tax_receipt SET facts = REPLACE(facts, '50.00', '500.00')")
        receipt.invalidate_recordset()
        self.assertFalse(receipt.is_intact)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_edits_it(self):
        receipt = self.receipt(self.give(50))
        for user in self.users.values():
            for vals in ({"amount": 5000}, {"facts": "{}"}, {"state": "cancelled"}, {"partner_id": self.firm.id}):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    call_kw(receipt.with_user(user).browse(), "write", [receipt.ids, vals], {})
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call_kw(receipt.with_user(user).browse(), "unlink", [receipt.ids], {})
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call_kw(receipt.with_user(user).browse(), "create", [[{"name": "x", "amount": 1}]], {})
        with self.assertRaisesRegex(UserError, "never deleted"):
            receipt.sudo().unlink()

    def test_cancelled_and_replaced(self):
        gift = self.give(50)
        first = self.receipt(gift)
        self.donor.street = "5 rue des Lilas"
        with self.assertRaisesRegex(UserError, "stands on receipt"), self.env.cr.savepoint():
            gift.given_back = 10
        with self.assertRaisesRegex(UserError, "stands on receipt"), self.env.cr.savepoint():
            gift.action_cancel()
        wizard = (
            self.env["association.receipt.cancel.wizard"]
            .with_user(self.treasurer)
            .create({"receipt_id": first.id, "reason": "The address was wrong"})
        )
        wizard.action_confirm()
        second = first.replaced_by_ids
        self.assertEqual((first.state, second.state, second.name), ("cancelled", "issued", f"{self.year}-0002"))
        self.assertIn(f"{self.year}-0001", self.print(second)[2])
        self.assertIn("5 rue des Lilas", self.print(second)[2])
        self.assertRegex(self.print(first)[2], "CANCELLED|ANNUL")
        with self.assertRaisesRegex(UserError, "cancelled already"):
            first._cancel("Again")
        second._cancel("No right to it")
        gift.given_back = 10

    def test_a_replacement_that_is_refused_undoes_nothing(self):
        receipt = self.receipt(self.give(50))
        self.donor.street = False
        with self.assertRaisesRegex(UserError, "street, postcode and town"), self.env.cr.savepoint():
            receipt.with_user(self.treasurer)._replace("Moved")
        receipt.invalidate_recordset()
        self.assertEqual(receipt.state, "issued")

    # ---- never twice, never for what gives no right ----

    @mute_logger("odoo.sql_db")
    def test_never_twice(self):
        gift = self.give(50)
        receipt = self.receipt(gift)
        self.assertEqual(self.receipt(gift), receipt, "the button opens the one that is there")
        line = receipt.line_ids.sudo()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            line.copy({"receipt_id": receipt.id})
            self.env.flush_all()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            receipt.sudo().copy({"name": receipt.name, "facts": "{}", "fingerprint": "x"})
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_one_civil_year(self):
        receipt = self.receipt(self.give(50))
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            receipt.line_ids.sudo().date = date(self.year - 1, 12, 31)
            self.env.flush_all()

    def test_refusals_say_why(self):
        town = self.firm.copy({"name": "Town", "legal_form": "local_authority"})
        lost = self.donor.copy({"name": "Without address", "street": False})
        gone = self.donor.copy({"name": "Merged away"})
        gifts = {partner: self.give(50, partner) for partner in (town, lost, gone)}
        gone.active = False
        draft = self.give(50, book=False)
        for gift, reason in (
            (gifts[town], "no tax to reduce"),
            (gifts[lost], "street, postcode and town"),
            (gifts[gone], "archived"),
            (draft, "Book the gift first"),
        ):
            with self.assertRaisesRegex(UserError, reason), self.env.cr.savepoint():
                gift.action_receipt()
        self.assertIn("no tax to reduce", gifts[town].receipt_refusal)
        self.company.receipt_enabled = False
        with self.assertRaisesRegex(UserError, "issues no tax receipts"):
            self.give(50).action_receipt()

    def test_an_association_says_who_it_is_first(self):
        other = self.env["res.company"].create({"name": "Other", "country_id": self.env.ref("base.fr").id})
        with self.assertRaisesRegex(ValidationError, "its object, who signs, its SIREN"):
            other.receipt_enabled = True

    def test_two_donors_merged_keep_their_receipts(self):
        twin = self.donor.copy({"name": "Jeanne Twin"})
        first, second = self.receipt(self.give(50)), self.receipt(self.give(60, twin))
        self.env["base.partner.merge.automatic.wizard"]._merge((self.donor | twin).ids, self.donor)
        self.env.invalidate_all()
        self.assertEqual((first | second).partner_id, self.donor)
        self.assertIn("Jeanne Twin", self.print(second)[2])
        self.assertTrue(second.is_intact)

    def test_the_letterhead_and_who_signs_are_seen_while_they_are_changed(self):
        layout = (
            self.env["base.document.layout"]
            .with_context(association_papers=True)
            .with_company(self.company)
            .sudo()
            .create({"company_id": self.company.id})
        )
        layout._onchange_company_id()
        self.assertIn("Odile Signer", layout.preview)
        layout.report_footer = "<p>Approved under number 12</p>"
        layout.receipt_signatory = "Paul Other"
        for words in ("Approved under number 12", "Paul Other"):
            self.assertIn(words, layout.preview)
        layout.document_layout_save()
        member = self.make_members(1, budget=1)
        self.make_memberships(member, self.make_grid([(None, None, 60)]))
        paper = self.env["ir.actions.report"]._render_qweb_html(f"{ADDON}.report_certificate", member.ids)[0].decode()
        for words in ("Approved under number 12", "Paul Other"):
            self.assertIn(words, paper)

    def test_an_invoiced_gift_is_of_the_year_in_which_it_is_paid(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.donor.id,
                "invoice_date": f"{self.year - 1}-12-10",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Gift beside the fee",
                            "price_unit": 40,
                            "account_id": self.company.membership_gift_account_id.id,
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        gift = self.env["association.gift"].search([("move_id", "=", invoice.id)])
        self.assertEqual((gift.amount, gift.date.year), (40, self.year - 1))
        with self.assertRaisesRegex(UserError, "It is not paid"), self.env.cr.savepoint():
            gift.with_user(self.treasurer).action_receipt()
        self.pay(invoice)
        self.assertEqual(gift.date, self.today)
        receipt = self.receipt(gift.with_user(self.treasurer))
        self.assertEqual((receipt.year, receipt.amount), (self.year, 40))
