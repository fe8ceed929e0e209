"""Files of banks and of HelloAsso, and what people do to them."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.payment.statement_reader import get_problem_sentence
from .payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentFiles(PaymentCase):
    def test_wrong_columns_are_said_and_corrected(self):
        calls = self.make_calls(1)
        record = self.make_import([f"{self.day()};VIR {calls.name};100,00"], header="Quand;Texte;Combien")
        self.assertEqual(record.state, "draft")
        self.assertIn("Date, Amount, Label", record.notice)
        for column, target in zip(record.column_ids, ("date", "label", "amount"), strict=True):
            column.target = target
        record.action_preview()
        self.assertEqual((record.notice, record.line_ids.certainty), (False, "certain"))

    def test_two_columns_for_one(self):
        record = self.make_import([f"{self.day()};VIR;100,00"])
        record.column_ids[1].target = "date"
        with self.assertRaisesRegex(Exception, "both go to"):
            record.action_preview()

    def test_refused_files(self):
        for content, words in (
            (b"%PDF-1.4", "PDF"),
            (b"", "empty|Choose"),
            (b"OFXHEADER:100\nDATA:OFXSGML", "begins as OFX"),
            (b"Date;Libelle;Montant", "nothing below"),
            (b'Date;Libelle;Montant\n01/01/2026;"VIR;1', "quotation"),
        ):
            record = self.make_import([], preview=False)
            record.file = base64.b64encode(content)
            with self.assertRaisesRegex(Exception, words):
                record.action_preview()

    def test_one_line_and_its_date_in_words_of_the_user(self):
        self.treasurer.lang = "fr_FR"
        record = self.make_import(["31/12/2099;VIR;100,00"], header="Date;Libellé;Montant")
        own = record.with_context(lang="fr_FR").with_user(self.treasurer)
        self.assertIn("31/12/2099", get_problem_sentence(own.env, "future", {"value": "2099-12-31"}))
        self.assertIn("one line below", record.file_description)

    def test_foreign_currency_is_refused_with_a_sentence(self):
        record = self.make_import([f"{self.day()};VIR;100,00;USD"], header="Date;Libellé;Montant;Devise")
        self.assertEqual(record.line_ids.state, "refused")
        self.assertIn("in USD, and the bank account in EUR", record.line_ids.reason)

    def test_windows_encoding(self):
        calls = self.make_calls(1)
        calls.partner_id.name = "Théâtre éphémère"
        record = self.make_import([f"{self.day()};VIR THÉÂTRE ÉPHÉMÈRE;;100,00"], encoding="cp1252")
        self.assertIn("accents as Windows writes them", record.file_description)
        self.assertEqual(record.line_ids.certainty, "probable")

    def test_debits_booked_on_demand(self):
        record = self.make_import([f"{self.day()};PRLV;45,10;", f"{self.day()};VIR;;10,00"])
        record.with_debits = True
        record.action_book_rest()
        self.assertEqual(sorted(self.statement_lines().mapped("amount")), [-45.1, 10])
        self.assertEqual(self.balance(self.bank.suspense_account_id), 35.1)
        again = self.make_import([f"{self.day()};PRLV;45,10;", f"{self.day()};VIR;;10,00"])
        self.assertEqual(again.line_ids.mapped("state"), ["known", "known"])

    def test_left_out_and_taken_back(self):
        record = self.make_import([f"{self.day()};SUBVENTION;;45,10"])
        record.line_ids.action_skip()
        self.assertEqual((record.line_ids.state, record.state), ("skipped", "done"))
        record.line_ids.action_skip()
        self.assertEqual((record.line_ids.state, record.state), ("todo", "previewed"))

    def test_only_states_known_to_bring_money_are_in_a_payout(self):
        calls = self.make_calls(4)
        states = ["Payé", "Erreur", "Abandonné", "Hors Ligne"]
        for index, call in enumerate(calls):
            call.partner_id.email = f"p{index}@example.org"
        record = self.make_import(
            [f"53{i};100,00;{self.day()};{state};Payer {i};p{i}@example.org" for i, state in enumerate(states)],
            header="Référence paiement;Montant total;Date du paiement;Statut du paiement;Nom payeur;Email payeur",
            grouping="single",
        )
        lines = record.line_ids
        self.assertEqual(lines.mapped("state"), ["todo", "skipped", "skipped", "skipped"])
        self.assertIn("“Hors Ligne”", lines[3].reason)
        record.action_book_rest()
        self.assertEqual(self.statement_lines().amount, 100)
        self.assertEqual(calls.mapped("payment_state"), ["paid"] + ["not_paid"] * 3)
        # The treasurer knows better.
        lines[3].action_skip()
        self.assertEqual((lines[3].state, lines[3].certainty, lines[3].part_ids.move_id), ("todo", "certain", calls[3]))

    def test_booked_files_stay(self):
        calls = self.make_calls(1)
        record = self.make_import([f"{self.day()};VIR {calls.name};;100,00"])
        record.action_confirm_certain()
        for call in (record.unlink, record.line_ids.unlink, record.action_preview):
            with self.assertRaises(UserError), self.cr.savepoint():
                call()
        with self.assertRaises(UserError), self.cr.savepoint():
            record.header_line = 3

    def test_queries_of_a_long_file(self):
        """Reading a file takes as many queries for 1,000 lines as for 20."""
        self.make_calls(2)
        counts = []
        for count in (20, 1000):
            record = self.make_import([f"{self.day()};VIR {i};;{i % 77 + 1},00" for i in range(count)], preview=False)
            self.env.flush_all()
            before = self.cr.sql_log_count
            record.action_preview()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # Lines are stored 250 at a time.
        self.assertLessEqual(counts[1], counts[0] + 30, counts)
