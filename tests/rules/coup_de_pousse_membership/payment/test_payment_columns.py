"""Columns of banks whose headers say too little, or the same twice."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.payment.payment_columns import find_header, table_score, understand
from coup_de_pousse_membership.calculation.table.table_reader import read_table, split_header

HEAD = '"Date Opération";"Date Valeur";Libellé;Solde;Commentaire;"Numéro Compte";Solde;Pointage\n'


def _targets(text):
    sheet = read_table(text.encode(), table_score)
    table = split_header(sheet, find_header(sheet.rows))
    return {column.index: column.target for column in understand(table.header, table.rows) if column.target}


class TestHeadersOfBanks(TestCase):
    def test_amounts_under_a_header_that_stands_twice(self):
        latest_first = '2026-11-18;;VIR;"1 120,00";;1;1758.27;x\n2026-11-17;;CARTE;-25,95;;1;638.27;x\n'
        latest_last = '2026-11-17;;CARTE;-25,95;;1;638.27;x\n2026-11-18;;VIR;"1 120,00";;1;1758.27;x\n'
        for lines in (latest_first, latest_last):
            with self.subTest(lines=lines):
                targets = _targets(HEAD + lines)
                self.assertEqual((targets.get(3), targets.get(6)), ("amount", None))

    def test_two_balances_that_do_not_agree_are_no_amounts(self):
        targets = _targets(HEAD + "2026-11-18;;VIR;10;;1;20;x\n2026-11-17;;CARTE;5;;1;7;x\n")
        self.assertNotIn("amount", targets.values())

    def test_headers_written_without_spaces(self):
        targets = _targets('dateOp;dateVal;label;amount;accountbalance\n2026-11-18;2026-11-18;VIR;"1 120,00";1758.27\n')
        self.assertEqual(targets, {0: "date", 2: "label", 3: "amount"})
