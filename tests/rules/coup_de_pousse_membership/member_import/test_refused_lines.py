"""The file of refused lines: no cell is a formula for who opens it, and it is read again as it was."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.refused_lines import harmless, refused_csv
from coup_de_pousse_membership.calculation.table.table_reader import Table, read_table


class TestRefusedLines(TestCase):
    def test_formulas_are_made_harmless(self):
        for text in ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", '=HYPERLINK("x")'):
            with self.subTest(text=text):
                self.assertEqual(harmless(text), "'" + text)

    def test_telephones_and_numbers_stay(self):
        for text in ("+33 2 40 00 00 00", "-12,50", "Les Amis", "", "L'Étoile"):
            with self.subTest(text=text):
                self.assertEqual(harmless(text), text)

    def test_the_file_is_read_again_as_it_was(self):
        sheet = read_table(b"Nom;Note\n=1+1;@x\nB;+33 2\n")
        content = refused_csv(Table(sheet, sheet.rows[0], sheet.rows[1:]), {2: "=no", 3: "why"}, ("Line", "Reason"))
        self.assertIn("'=1+1;'@x;2;'=no", content.decode())
        again = read_table(content)
        self.assertEqual([row.cells[:2] for row in again.rows[1:]], [("=1+1", "@x"), ("B", "+33 2")])
