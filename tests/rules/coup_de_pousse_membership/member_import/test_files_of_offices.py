"""Lists as offices have them: what the values say goes before what the headers say, and nothing is lost in silence."""

import datetime
import io
from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.cell_vocabulary import CellVocabulary
from coup_de_pousse_membership.calculation.member_import.column_questions import questions
from coup_de_pousse_membership.calculation.member_import.line_reader import LineReader, ReadingOptions
from coup_de_pousse_membership.calculation.member_import.member_columns import MEMBER_HEADERS, understand
from coup_de_pousse_membership.calculation.member_import.program_presets import PRESETS, recognise_preset
from coup_de_pousse_membership.calculation.table.table_reader import read_table, split_header
from openpyxl import Workbook

TODAY = datetime.date(2026, 11, 20)


class FileCase(TestCase):
    def read(self, content):
        """Return the table of a file, its columns, its lines, and the codes of the questions about it."""
        content = content.encode() if isinstance(content, str) else content
        sheet = read_table(content, MEMBER_HEADERS.table_score)
        table = split_header(sheet, MEMBER_HEADERS.find_header(sheet.rows))
        preset = PRESETS.get(recognise_preset(cell for cell in table.header.cells if isinstance(cell, str)))
        columns = understand(table.header, table.rows, preset=preset)
        options = ReadingOptions(TODAY, sheet.delimiter, preset)
        lines = LineReader(columns, table.header, CellVocabulary(), options).read_rows(table.rows)
        asked = {question.code: [c.header for c in question.columns] for question in questions(columns, table.rows)}
        return table, columns, lines, asked

    def values(self, content, *names):
        _table, _columns, lines, _asked = self.read(content)
        self.assertFalse([problem for line in lines for problem in line.problems])
        return [tuple(line.values.get(name) for name in names) for line in lines]


class TestColumnsBesideKnownOnes(FileCase):
    def test_header_merged_over_postcode_and_town(self):
        book = Workbook()
        sheet = book.active
        for row in (
            ("Associations subventionnées en 2026",),
            ("Nom de l'organisme bénéficiaire", None, "Adresse de l'organisme", None, "Montant (1)"),
            ("LES MARCHEURS DU SOIR", None, "72390", "LAVARE", 250),
            ("CHORALE DES TILLEULS", None, "72000", "LE MANS", 300.5),
        ):
            sheet.append(row)
        sheet.merge_cells("A2:B2")
        sheet.merge_cells("C2:D2")
        content = io.BytesIO()
        book.save(content)
        self.assertEqual(
            self.values(content.getvalue(), "name", "street", "zip", "city"),
            [("LES MARCHEURS DU SOIR", None, "72390", "LAVARE"), ("CHORALE DES TILLEULS", None, "72000", "LE MANS")],
        )

    def test_address_cell_that_holds_postcode_and_town(self):
        text = 'Nom;Adresse\nA;"16 rue des Lilas, 44000 NANTES"\nB;44100 Nantes\nC;12 rue du 8 mai 1945\nD;72390\nE;BP 40505 Nantes\n'
        self.assertEqual(
            self.values(text, "street", "zip", "city"),
            [
                ("16 rue des Lilas", "44000", "NANTES"),
                (None, "44100", "Nantes"),
                ("12 rue du 8 mai 1945", None, None),
                (None, "72390", None),
                ("BP 40505 Nantes", None, None),
            ],
        )

    def test_full_columns_left_out_are_questioned(self):
        text = "Nom;Nom 2;Payé;Payé le;CP\nA;sud;60;1/2/2026;44000\nB;nord;60;1/2/2026;44000\n"
        self.assertEqual(self.read(text)[3]["left_out"], ["Nom 2", "Payé", "Payé le"])


class TestQuotedFields(FileCase):
    def test_quoted_address_of_two_lines_with_a_comma(self):
        text = 'Nom,Adresse,Code postal,Ville\nA,"Maison des associations, bureau 3\n2 rue du Port",44000,NANTES\nB,x,44100,Y\n'
        self.assertEqual(
            self.values(text, "name", "street", "zip"),
            [("A", "Maison des associations, bureau 3 2 rue du Port", "44000"), ("B", "x", "44100")],
        )

    def test_a_mark_that_is_not_closed_is_still_refused(self):
        text = 'Nom;Adresse;CP;Ville\nA;"12 rue X;44000;N\nAsso "Les Amis";44000;N\nC;x;44000;N\n'
        lines = self.read(text)[2]
        self.assertIn("line_break", [problem.code for line in lines for problem in line.problems])


class TestValuesAreLookedAt(FileCase):
    def test_rna_numbers_under_any_header(self):
        for header in ("id", "Référence", "Code", "Truc"):
            with self.subTest(header=header):
                text = f"{header};Nom\nW442009991;A\nW2A1009992;B\n"
                self.assertEqual(self.values(text, "rna", "ref"), [("W442009991", None), ("W2A1009992", None)])

    def test_extract_of_the_rna_leaves_the_dissolved_out(self):
        head = (
            "id;id_ex;siret;date_creat;date_disso;titre;titre_court;adrg_libvoie;adrg_codepostal;adrg_achemine;position"
        )
        text = (
            f"{head}\nW442009991;044;;2015-12-29;0001-01-01;LES PETITES MAINS;PM;16 rue des Lilas;44000;Nantes;A\n"
            "W9T1009991;;;2014-06-12;2020-09-30;TORTUES DU LAGON;;42 CHEMIN X;97600;MAMOUDZOU;D\n"
        )
        _table, _columns, lines, _asked = self.read(text)
        self.assertEqual(
            [lines[0].values.get(name) for name in ("name", "rna", "street", "zip", "city", "founded_on", "ref")],
            ["LES PETITES MAINS", "W442009991", "16 rue des Lilas", "44000", "Nantes", "2015-12-29", None],
        )
        self.assertEqual([bool(line.left_out) for line in lines], [False, True])

    def test_a_body_that_is_no_more_is_not_created_unasked(self):
        for header, cell in (("Date de dissolution", "30/09/2020"), ("État", "Dissoute"), ("Statut", "radiée")):
            with self.subTest(header=header):
                lines = self.read(f"Nom;Ville;{header}\nA;X;\nB;Y;{cell}\n")[2]
                self.assertEqual([bool(line.left_out) for line in lines], [False, True])

    def test_siret_rounded_by_a_spreadsheet(self):
        text = "Nom;SIRET;Code postal\nA;91034900000000;49000\nB;91000700000000;49100\n"
        lines = self.read(text)[2]
        self.assertEqual([[problem.code for problem in line.problems] for line in lines], [["rounded"], ["rounded"]])

    def test_headers_without_spaces(self):
        text = "nombeneficiaire;idbeneficiaire;codepostal\nA;732829320;44000\n"
        self.assertEqual(self.values(text, "name", "company_registry", "zip"), [("A", "732829320", "44000")])

    def test_endless_cells_are_refused_with_what_they_are(self):
        for header in (
            "SIREN",
            "SIRET",
            "RNA",
            "Budget",
            "Date de création",
            "Code postal",
            "Adresse",
            "Saison",
            "Cotisation 2025",
        ):
            with self.subTest(header=header):
                (line,) = self.read(f"Nom;{header};Ville\nA;{'9' * 40_000};X\n")[2]
                self.assertTrue(header == "Saison" or line.problems)
                self.assertTrue(all(len(str(problem.values.get("value"))) < 300 for problem in line.problems))
                (line,) = self.read(f"Nom;{header};Ville\nA;{'9' * 1_900};X\n")[2]
                self.assertTrue(all(len(str(problem.values.get("value"))) < 300 for problem in line.problems))


class TestRepairs(FileCase):
    def test_a_postcode_is_not_mended_against_its_town(self):
        text = (
            "Nom;Code postal;Ville\nA;4400;NANTES\nB;4400;BARCELONNETTE\nC;1000;Bourg-en-Bresse\nD;4400;Nantes Cedex 2\n"
            "E;4470;Carquefou\nF;44470;CARQUEFOU\nG;7000;Privas\n"
        )
        found = [postcode for (postcode,) in self.values(text, "zip")]
        self.assertEqual(found, [None, "04400", "01000", None, None, "44470", "07000"])
        line = self.read(text)[2][0]
        self.assertEqual(line.notes, (("zip_contradicts", {"value": "4400", "town": "NANTES"}),))


class TestFileWithoutHeaders(FileCase):
    def test_no_line_is_lost(self):
        table, columns, _lines, _asked = self.read("LES AMIS;44000;NANTES\nLE PORT;44100;NANTES\n")
        self.assertEqual([row.line for row in table.rows], [1, 2])
        self.assertEqual([column.header for column in columns], ["", "", ""])

    def test_headers_alone_are_headers(self):
        table = self.read("Nom;Truc\nA;x\n")[0]
        self.assertEqual(table.header.line, 1)
