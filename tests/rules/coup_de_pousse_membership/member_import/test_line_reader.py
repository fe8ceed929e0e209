"""What a line of a list of members says, and why it is refused."""

import datetime
from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.cell_vocabulary import CellVocabulary
from coup_de_pousse_membership.calculation.member_import.line_reader import LineReader, ReadingOptions
from coup_de_pousse_membership.calculation.member_import.member_columns import understand
from coup_de_pousse_membership.calculation.table.table_reader import read_table

TODAY = datetime.date(2026, 6, 15)


class TestImportLines(TestCase):
    def _read(self, text, vocabulary=None):
        sheet = read_table(text.encode())
        rows = sheet.rows
        columns = understand(rows[0], rows[1:])
        words = vocabulary or CellVocabulary()
        return LineReader(columns, rows[0], words, ReadingOptions(TODAY, sheet.delimiter)).read_rows(rows[1:])

    def _codes(self, line):
        return [problem.code for problem in line.problems]

    def test_values(self):
        (line,) = self._read(
            "Nom;SIREN;SIRET;Forme juridique;Pays;Adhérent depuis;Budget 2025\n"
            "A;308973635;;Association loi 1901;Belgique;2019-05-04;0\n",
            CellVocabulary(countries={"belgique": 7}, siren_countries=frozenset([7])),
        )
        self.assertEqual(
            line.values,
            {
                "name": "A",
                "company_registry": "308973635",
                "legal_form": "association_1901",
                "country_id": 7,
                "since": "2019-05-04",
                "budget": 0.0,
            },
        )

    def test_problems(self):
        lines = self._read(
            "Nom;SIREN;SIRET;CP;Email;Création\n"
            ";308973635;;;;\n"
            "TOTAL;;;;;\n"
            "B;308973635;73282932000074;;;\n"
            "C;;;;x;2999-01-01\n"
            "D;;;;;;too;many\n"
            'E;;;"44000\nF;;;44000";;\n'
        )
        self.assertEqual(
            [self._codes(line) for line in lines],
            [
                ["no_name"],
                ["total"],
                ["siret_of_another"],
                ["email", "future"],
                ["too_many_cells"],
                ["line_break"],
            ],
        )
        self.assertEqual([line.number for line in lines], [2, 3, 4, 5, 6, 7])

    def test_rna_in_the_column_of_the_siren(self):
        lines = self._read("Nom;Identification du bénéficiaire\nA;W442000001\n")
        self.assertEqual(lines[0].values, {"name": "A", "rna": "W442000001"})
        self.assertEqual(lines[0].notes[0][0], "rna_found")

    def test_header_repeated_on_each_page(self):
        self.assertEqual(len(self._read("Nom;Ville\nA;x\nNom;Ville\nB;y\n")), 2)

    def test_foreign_number_is_not_checked(self):
        words = CellVocabulary(countries={"belgique": 7})
        (line,) = self._read("Nom;SIREN;Pays;CP\nA;0403.170.701;Belgique;1000\n", words)
        self.assertFalse(line.problems)
        self.assertEqual(line.values["company_registry"], "0403.170.701")
        self.assertEqual(line.values["zip"], "1000")
