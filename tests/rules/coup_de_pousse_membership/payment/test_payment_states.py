"""A file that gives each payment a state: only what is known to bring money is a payment."""

import unittest
from datetime import date

from coup_de_pousse_membership.calculation.payment.payment_columns import find_header, understand
from coup_de_pousse_membership.calculation.payment.payment_lines import read_movements
from coup_de_pousse_membership.calculation.table.table_reader import read_table

HEADER = (
    "Référence commande;Référence paiement;Montant total;Date du paiement;Statut du paiement;Versé;Date du versement;"
    "Nom payeur;Prénom payeur;Email payeur;Campagne"
)
RECEIVED = (
    "Payé", "payée", "PAYÉ", "Validé", "Exécuté", "Terminé", "Réussi", "Encaissé", "Paiement validé", "Comptabilisé",
    "succeeded", "Completed", "paid_out", "settled", "Successful", "Paiement effectué",
)  # fmt: skip
NOT_RECEIVED = (
    "Refusé", "Remboursé", "En attente", "Annulé", "À venir", "Contesté", "failed", "refunded", "Prévu", "Erreur",
    "Abandonné", "Remboursement effectué", "Paiement refusé", "expired", "Impayé",
)  # fmt: skip
UNKNOWN = ("Hors Ligne", "En cours", "Partiellement payé", "Non payé", "A verser", "xyz", "requires_action")


def read(rows, header=HEADER):
    table = read_table("\n".join([header, *rows]).encode())
    place = find_header(table.rows)
    rows = table.rows[place + 1 :]
    return read_movements(rows, understand(table.rows[place], rows), date(2026, 11, 30), "EUR")


def row(number, state):
    return f"828{number};530{number};120,00;03/11/2026 18:23;{state};Non;;Konfourou;Idrissa;i@example.org;Adhésion"


class TestPaymentStates(unittest.TestCase):
    def kinds(self, states):
        found = read([row(number, state) for number, state in enumerate(states)])
        return {state: movement.kind for state, movement in zip(states, found, strict=True)}

    def test_known_to_bring_money(self):
        self.assertEqual(self.kinds(RECEIVED), dict.fromkeys(RECEIVED, "credit"))

    def test_known_to_bring_none(self):
        self.assertEqual(self.kinds(NOT_RECEIVED), dict.fromkeys(NOT_RECEIVED, "left_out"))

    def test_unknown_is_no_payment_until_somebody_says_so(self):
        self.assertEqual(self.kinds(UNKNOWN), dict.fromkeys(UNKNOWN, "doubtful"))

    def test_empty_beside_others_is_unknown(self):
        self.assertEqual([m.kind for m in read([row(1, "Payé"), row(2, "")])], ["credit", "doubtful"])

    def test_a_column_without_any_state_says_nothing(self):
        self.assertEqual([m.kind for m in read([row(1, ""), row(2, "")])], ["credit", "credit"])

    def test_left_out_without_a_date(self):
        [movement] = read(["1;2;120,00;;Abandonné;Non;;A;B;i@example.org;Adhésion"])
        self.assertEqual((movement.kind, movement.key), ("left_out", ""))

    def test_tried_again_after_a_refusal(self):
        """The payment is the same, wherever the refused attempt stands: its key does not depend on it."""
        header, refused, paid = "Date;Libellé;Montant;Statut", "03/11/2026;A;10,00;Refusé", "03/11/2026;A;10,00;Payé"
        found = [read(rows, header) for rows in ([paid], [refused, paid], [paid, refused])]
        self.assertEqual(len({m.key for rows in found for m in rows if m.kind == "credit"}), 1)

    def test_a_debit_whose_state_is_unknown(self):
        rows = ["03/11/2026;PRLV;-10,00;Quelconque", "03/11/2026;PRLV;-10,00;Exécuté"]
        found = read(rows, "Date;Libellé;Montant;Statut")
        self.assertEqual([m.kind for m in found], ["doubtful", "debit"])
