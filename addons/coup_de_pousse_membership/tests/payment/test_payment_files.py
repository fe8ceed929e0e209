"""Files of banks and of HelloAsso, and what people do to them."""

import time
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ...calculation.payment.payment_columns import find_header, understand
from ...calculation.payment.payment_lines import read_amount, read_movements
from ...calculation.table.table_reader import read_table
from ...calculation.table.values import ValueProblem
from .test_payment_import import PaymentCase

TODAY = date(2026, 6, 30)

#: Headers as exported, a line, and what is read of it: (date, amount, text, payer).
BANKS = {
    "Crédit Agricole": (
        "Téléchargement du 30/06/2026;;;\nCompte de Dépôt n° 123;;;\nSolde au 30/06/2026 1 200,00 €;;;\n\n"
        "Date;Libellé;Débit euros;Crédit euros;\n"
        '15/06/2026;"VIREMENT EN VOTRE FAVEUR\nClub nautique    COT/2026/00001";;100,00;',
        (date(2026, 6, 15), "100.00", "VIREMENT EN VOTRE FAVEUR Club nautique COT/2026/00001", ""),
    ),
    "Crédit Mutuel": (
        "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n15/06/2026;16/06/2026;;1 100,50;VIR CLUB;2 000,00",
        (date(2026, 6, 15), "1100.50", "VIR CLUB", ""),
    ),
    "La Banque Postale": (
        "Numéro Compte   :;123\nType         :;CCP\nDate            :;30/06/2026\nSolde (EUROS)   :;1 234,00\n\n"
        "Date;Libellé;Montant(EUROS);Montant(FRANCS)\n15/06/2026;VIREMENT DE CLUB;100,00;655,96",
        (date(2026, 6, 15), "100.00", "VIREMENT DE CLUB", ""),
    ),
    "BNP Paribas": (
        "Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n"
        "15-06-2026;VIR SEPA RECU;Virement;CLUB NAUTIQUE;100,00",
        (date(2026, 6, 15), "100.00", "VIR SEPA RECU CLUB NAUTIQUE", ""),
    ),
    "Société Générale": (
        "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n"
        "15/06/2026;VIR RECU;VIR RECU DE CLUB;100,00;EUR",
        (date(2026, 6, 15), "100.00", "VIR RECU VIR RECU DE CLUB", ""),
    ),
    "Caisse d'Épargne, Crédit Coopératif": (
        "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;"
        "Type operation;Debit;Credit;Date operation;Date de valeur;Pointage operation\n"
        "16/06/2026;CLUB;VIR CLUB;0001;merci;Virement recu;;+100,00;15/06/2026;16/06/2026;0",
        (date(2026, 6, 15), "100.00", "CLUB VIR CLUB merci", ""),
    ),
    "Qonto": (
        "Statut,Date de la valeur (UTC),Date de l'opération (UTC),Montant total (TTC),Devise,Nom de la contrepartie,"
        "Référence,Transaction ID\nExécuté,2026-06-16,15-06-2026 10:11:12,100.00,EUR,Club nautique,COT/1,abc-1",
        (date(2026, 6, 15), "100.00", "", "Club nautique"),
    ),
    "HelloAsso": (
        "Référence paiement;Date du paiement;Statut du paiement;Nom payeur;Prénom payeur;Email payeur;Montant total;"
        "Campagne\n123;15/06/2026 10:20;Validé;Martin;Zoé;Z@x.org;100,00 €;Adhésion",
        (date(2026, 6, 15), "100.00", "Adhésion", "Zoé Martin"),
    ),
    "HelloAsso, orders": (
        "Référence commande;Date de la commande;Statut de la commande;Nom payeur;Prénom payeur;Email payeur;"
        "Raison sociale;Moyen de paiement;Tarif;Montant tarif\n"
        "77;15/06/2026 10:20;Validé;Martin;Zoé;z@x.org;;Carte bancaire;Adhésion;100,00",
        (date(2026, 6, 15), "100.00", "", "Zoé Martin"),
    ),
}


def movements(content, currency="EUR"):
    sheet = read_table(content if isinstance(content, bytes) else content.encode())
    place = find_header(sheet.rows)
    header, rows = sheet.rows[place], sheet.rows[place + 1 :]
    return read_movements(rows, understand(header, rows), TODAY, currency)


class TestPaymentReading(BaseCase):
    def test_banks(self):
        for bank, (content, expected) in BANKS.items():
            for encoding in ("utf-8", "cp1252", "utf-16"):
                with self.subTest(bank=bank, encoding=encoding):
                    [found] = movements(content.encode(encoding))
                    self.assertEqual((found.kind, found.problems), ("credit", []))
                    self.assertEqual((found.date, str(found.amount), found.label, found.payer), expected)

    def test_amounts(self):
        for text, expected in (
            ("12,50", "12.50"),
            ("-12,50", "-12.50"),
            ("12,50-", "-12.50"),
            ("(12,50)", "-12.50"),
            ("− 1 250,00 €", "-1250.00"),
            ("+100", "100.00"),
            ("1.250,00", "1250.00"),
            (12.5, "12.50"),
            (-3, "-3.00"),
        ):
            self.assertEqual(str(read_amount(text)), expected, text)
        self.assertIsNone(read_amount(""))
        for text in ("12,505", "abc", "1,2,3"):
            with self.assertRaises(ValueProblem, msg=text):
                read_amount(text, ",")

    def test_directions(self):
        content = "Date;Libellé;Montant;Sens\n01/06/2026;a;10,00;C\n01/06/2026;b;10,00;D\n01/06/2026;c;-5,00;"
        self.assertEqual([str(m.amount) for m in movements(content)], ["10.00", "-10.00", "-5.00"])
        content = "Date;Libellé;Débit;Crédit\n01/06/2026;a;-10,00;\n01/06/2026;b;10,00;\n01/06/2026;c;;7,00"
        self.assertEqual([str(m.amount) for m in movements(content)], ["-10.00", "-10.00", "7.00"])

    def test_debit_and_credit_before_amount(self):
        content = (
            "Date;Libellé;Débit;Crédit;Montant\n01/06/2026;a;;10,00;99,00\n01/06/2026;b;3,00;4,00;\n01/06/2026;c;;;5"
        )
        found = movements(content)
        self.assertEqual(found[0].amount, 10)
        self.assertEqual([code for code, *_rest in found[1].problems], ["both"])
        self.assertEqual([code for code, *_rest in found[2].problems], ["no_amount"])

    def test_what_is_no_payment(self):
        content = (
            "Date;Libellé;Montant;Devise\n01/06/2026;ok;10,00;\n;Solde;1 000,00;\n31/02/2026;x;1,00;\n"
            "01/06/2026;y;abc;\n01/06/2026;z;0,00;\n01/06/2026;usd;5,00;USD\n;texte seul;;\n01/06/2126;f;5,00;"
        )
        found = movements(content)
        codes = [[code for code, *_rest in m.problems] for m in found]
        self.assertEqual(codes, [[], ["no_date"], ["date"], ["number"], ["zero"], ["currency"], ["future"]])
        self.assertEqual([m.line for m in found], [2, 3, 4, 5, 6, 7, 9])

    def test_keys(self):
        one = "Date;Libellé;Montant\n01/06/2026;VIR A;10,00\n01/06/2026;VIR A;10,00\n02/06/2026;VIR A;10,00"
        # The same lines further down another file, spelled by another encoding and spacing.
        two = "Date;Libellé;Montant\n31/05/2026;VIR Z;1,00\n01/06/2026;Vir  a;10,00\n01/06/2026;VIR A;10,00"
        keys, others = ([m.key for m in movements(text)] for text in (one, two))
        self.assertEqual(len(set(keys)), 3)
        self.assertEqual(others[1:], keys[:2])
        numbered = "Date;Libellé;Montant;Transaction ID\n01/06/2026;a;1,00;x1\n02/06/2026;b;1,00;x1"
        self.assertEqual([m.key for m in movements(numbered)], ["id:x1", "id:x1#2"])

    def test_not_received(self):
        content = "Date;Nom payeur;Montant;Statut\n01/06/2026;A;10,00;Validé\n01/06/2026;B;10,00;Refusé"
        self.assertEqual([m.kind for m in movements(content)], ["credit", "left_out"])

    def test_ten_thousand_lines(self):
        rows = [f"{1 + i % 28:02}/06/2026;VIR CLUB {i};;{i % 90 + 1},00" for i in range(10_000)]
        started = time.monotonic()
        found = movements("\n".join(["Date;Libellé;Débit;Crédit", *rows]))
        self.assertLess(time.monotonic() - started, 10)
        self.assertEqual(len({m.key for m in found}), 10_000)
        self.assertEqual(sum(m.amount for m in found), sum(Decimal(i % 90 + 1) for i in range(10_000)))


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
            (b"OFXHEADER:100\nDATA:OFXSGML", "OFX"),
            (b"Date;Libelle;Montant", "nothing below"),
            (b'Date;Libelle;Montant\n01/01/2026;"VIR;1', "quotation"),
        ):
            record = self.make_import([], preview=False)
            import base64

            record.file = base64.b64encode(content)
            with self.assertRaisesRegex(Exception, words):
                record.action_preview()

    def test_one_line_and_its_date_in_words_of_the_user(self):
        self.treasurer.lang = "fr_FR"
        record = self.make_import(["31/12/2099;VIR;100,00"], header="Date;Libellé;Montant")
        own = record.with_context(lang="fr_FR")
        self.assertIn("31/12/2099", own.with_user(self.treasurer)._problem_sentence("future", {"value": "2099-12-31"}))
        self.assertIn("one line below", record.file_description)

    def test_foreign_currency_is_refused_with_a_sentence(self):
        record = self.make_import([f"{self.day()};VIR;100,00;USD"], header="Date;Libellé;Montant;Devise")
        self.assertEqual(record.line_ids.state, "refused")
        self.assertIn("in USD, and the bank account in EUR", record.line_ids.reason)

    def test_windows_encoding(self):
        calls = self.make_calls(1)
        calls.partner_id.name = "Théâtre éphémère"
        record = self.make_import([f"{self.day()};VIR THÉÂTRE ÉPHÉMÈRE;;100,00"], encoding="cp1252")
        self.assertIn("cp1252", record.file_description)
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

    def test_booked_files_stay(self):
        calls = self.make_calls(1)
        record = self.make_import([f"{self.day()};VIR {calls.name};;100,00"])
        record.action_confirm_certain()
        for call in (record.unlink, record.line_ids.unlink, record.action_preview):
            with self.assertRaises(Exception), self.cr.savepoint():
                call()
        with self.assertRaises(Exception), self.cr.savepoint():
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
