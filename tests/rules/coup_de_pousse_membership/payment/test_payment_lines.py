"""Files of banks and of HelloAsso: what is read of each line."""

import time
import unittest
from datetime import date
from decimal import Decimal

from coup_de_pousse_membership.calculation.payment.payment_columns import find_header, understand
from coup_de_pousse_membership.calculation.payment.payment_lines import read_amount, read_movements
from coup_de_pousse_membership.calculation.table.table_reader import read_table
from coup_de_pousse_membership.calculation.table.values import ValueProblem

TODAY = date(2026, 6, 30)

#: Headers as exported, a line, and what is read of it: (date, amount, text, payer).
BANKS = {
    "Crédit Agricole": (
        (
            "Téléchargement du 30/06/2026;;;\nCompte de Dépôt n° 123;;;\nSolde au 30/06/2026 1 200,00 €;;;\n\n"
            "Date;Libellé;Débit euros;Crédit euros;\n"
            '15/06/2026;"VIREMENT EN VOTRE FAVEUR\nClub nautique    COT/2026/00001";;100,00;'
        ),
        (date(2026, 6, 15), "100.00", "VIREMENT EN VOTRE FAVEUR Club nautique COT/2026/00001", ""),
    ),
    "Crédit Mutuel": (
        "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n15/06/2026;16/06/2026;;1 100,50;VIR CLUB;2 000,00",
        (date(2026, 6, 15), "1100.50", "VIR CLUB", ""),
    ),
    "La Banque Postale": (
        (
            "Numéro Compte   :;123\nType         :;CCP\nDate            :;30/06/2026\nSolde (EUROS)   :;1 234,00\n\n"
            "Date;Libellé;Montant(EUROS);Montant(FRANCS)\n15/06/2026;VIREMENT DE CLUB;100,00;655,96"
        ),
        (date(2026, 6, 15), "100.00", "VIREMENT DE CLUB", ""),
    ),
    "BNP Paribas": (
        (
            "Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n"
            "15-06-2026;VIR SEPA RECU;Virement;CLUB NAUTIQUE;100,00"
        ),
        (date(2026, 6, 15), "100.00", "VIR SEPA RECU CLUB NAUTIQUE", ""),
    ),
    "Société Générale": (
        (
            "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n"
            "15/06/2026;VIR RECU;VIR RECU DE CLUB;100,00;EUR"
        ),
        (date(2026, 6, 15), "100.00", "VIR RECU VIR RECU DE CLUB", ""),
    ),
    "Caisse d'Épargne, Crédit Coopératif": (
        (
            "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;"
            "Type operation;Debit;Credit;Date operation;Date de valeur;Pointage operation\n"
            "16/06/2026;CLUB;VIR CLUB;0001;merci;Virement recu;;+100,00;15/06/2026;16/06/2026;0"
        ),
        (date(2026, 6, 15), "100.00", "CLUB VIR CLUB merci", ""),
    ),
    "Qonto": (
        (
            "Statut,Date de la valeur (UTC),Date de l'opération (UTC),Montant total (TTC),Devise,Nom de la contrepartie,"
            "Référence,Transaction ID\nExécuté,2026-06-16,15-06-2026 10:11:12,100.00,EUR,Club nautique,COT/1,abc-1"
        ),
        (date(2026, 6, 15), "100.00", "", "Club nautique"),
    ),
    "HelloAsso": (
        (
            "Référence paiement;Date du paiement;Statut du paiement;Nom payeur;Prénom payeur;Email payeur;Montant total;"
            "Campagne\n123;15/06/2026 10:20;Validé;Martin;Zoé;Z@x.org;100,00 €;Adhésion"
        ),
        (date(2026, 6, 15), "100.00", "Adhésion", "Zoé Martin"),
    ),
    "HelloAsso, orders": (
        (
            "Référence commande;Date de la commande;Statut de la commande;Nom payeur;Prénom payeur;Email payeur;"
            "Raison sociale;Moyen de paiement;Tarif;Montant tarif\n"
            "77;15/06/2026 10:20;Validé;Martin;Zoé;z@x.org;;Carte bancaire;Adhésion;100,00"
        ),
        (date(2026, 6, 15), "100.00", "", "Zoé Martin"),
    ),
}


def movements(content, currency="EUR"):
    sheet = read_table(content if isinstance(content, bytes) else content.encode())
    place = find_header(sheet.rows)
    header, rows = sheet.rows[place], sheet.rows[place + 1 :]
    return read_movements(rows, understand(header, rows), TODAY, currency)


class TestPaymentLines(unittest.TestCase):
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

    def test_a_number_alone_is_no_identity(self):
        """A bank that starts its numbers again each month: another day, payer or amount is another payment."""
        header = "Date;Nom payeur;Libellé;Montant;Numéro d'opération\n"
        october = "05/10/2025;CLUB A;VIR;120,00;0000001"
        others = (
            "05/11/2025;CLUB A;VIR;120,00;0000001",
            "05/10/2025;CLUB B;VIR;120,00;0000001",
            "05/10/2025;CLUB A;VIR;121,00;0000001",
            "05/10/2025;CLUB A;VIR;-120,00;0000001",
            "05/10/2025;;VIR DE CLUB B;120,00;0000001",
            "05/10/2025;CLUB A;VIR;120,00;0000002",
        )
        [key] = [m.key for m in movements(header + october)]
        for other in others:
            with self.subTest(other=other):
                self.assertNotIn(key, [m.key for m in movements(header + other)])
                # Together with others, in whatever order, each keeps its own.
                self.assertEqual([m.key for m in movements(f"{header}{other}\n{october}")][1], key)
        # The same payment, in another file, with another label.
        again = "05/10/2025;Club  A;VIR SEPA;120,00;0000001"
        self.assertEqual([m.key for m in movements(header + again)], [key])
        # One number for the two equal payments of one order.
        self.assertEqual(len({m.key for m in movements(f"{header}{october}\n{october}")}), 2)

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
