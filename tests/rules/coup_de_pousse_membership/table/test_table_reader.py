"""Reading a file into a table: encodings, delimiters, lines, sheets, and what is no table."""

import datetime
import io
import zipfile
from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.member_columns import MEMBER_HEADERS
from coup_de_pousse_membership.calculation.table.csv_file import find_delimiter
from coup_de_pousse_membership.calculation.table.table_reader import TableError, cell_text, read_table
from made_files import workbook
from openpyxl import Workbook


class TestTableReader(TestCase):
    TEXT = "Nom;Adresse\nÉcole d'à côté;12, rue du Bât\nForêt;3, allée Noël\n"

    def test_encodings(self):
        for encoding, name in (
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8-sig"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
            ("cp1252", "cp1252"),
            ("mac_roman", "mac_roman"),
            ("cp850", "cp850"),
        ):
            with self.subTest(encoding=encoding):
                sheet = read_table(self.TEXT.encode(encoding))
                self.assertEqual(sheet.encoding, name)
                self.assertEqual(sheet.rows[1].cells, ("École d'à côté", "12, rue du Bât"))

    def test_delimiters(self):
        for delimiter in ";,\t|":
            with self.subTest(delimiter=delimiter):
                text = delimiter.join("abc") + "\n" + delimiter.join("123") + "\n"
                self.assertEqual(find_delimiter(text), delimiter)

    def test_delimiter_is_not_the_comma_of_addresses_or_decimals(self):
        self.assertEqual(find_delimiter(self.TEXT), ";")
        self.assertEqual(find_delimiter("Nom\tBudget\nA\t1,5\nB\t2,5\nC\t3,5\n"), "\t")

    def test_delimiter_inside_quotes_does_not_count(self):
        self.assertEqual(find_delimiter('Nom,Note\n"A;B;C","x;y"\n"D;E;F","z;t"\n'), ",")

    def test_single_column(self):
        sheet = read_table(b"Nom\nAmis, voisins et autres\nLes Tilleuls\n")
        self.assertEqual([row.cells for row in sheet.rows[:2]], [("Nom",), ("Amis, voisins et autres",)])

    def test_line_numbers_are_those_of_the_file(self):
        sheet = read_table(b'sep=;\nNom;Ville\n\n;\n"A\nB";x\nC;y\n')
        self.assertEqual([(row.line, row.cells[0]) for row in sheet.rows], [(2, "Nom"), (5, "A\nB"), (7, "C")])

    def test_line_endings(self):
        for ending in ("\n", "\r\n", "\r"):
            with self.subTest(ending=ending):
                sheet = read_table(f"Nom;Ville{ending}A;x{ending}B;y{ending}".encode())
                self.assertEqual([row.line for row in sheet.rows], [1, 2, 3])

    def test_odd_spaces_and_missing_cells(self):
        sheet = read_table("Nom;Budget\n\u00a0A ;1\u202f000\nB\n".encode())
        self.assertEqual(sheet.rows[1].cells, ("A", "1 000"))
        self.assertEqual(sheet.rows[2].cells, ("B",))

    def test_what_is_not_a_table(self):
        cases = {
            "pdf": b"%PDF-1.7 something",
            "image": b"\x89PNG\r\n\x1a\n....",
            "old_excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "web_page": b"\xef\xbb\xbf\n<html><table><tr><td>Nom</td></tr></table></html>",
            "damaged_bank_file": b"OFXHEADER:100\nDATA:OFXSGML\n<OFX>",
            "empty": b" \r\n ",
            "damaged": b"PK\x03\x04 cut in the middle",
            "binary": bytes(range(1, 32)) * 40,
        }
        for code, content in cases.items():
            with self.subTest(code=code), self.assertRaises(TableError) as raised:
                read_table(content)
            self.assertEqual(raised.exception.code, code)

    def test_only_delimiters_is_empty(self):
        with self.assertRaises(TableError) as raised:
            read_table(b";;;\n;;;\n")
        self.assertEqual(raised.exception.code, "empty")

    def test_open_quote_is_refused_with_its_line(self):
        with self.assertRaises(TableError) as raised:
            read_table(b'Nom;Ville\nA;x\n"B;y\nC;z\n')
        self.assertEqual((raised.exception.code, raised.exception.values), ("open_quote", {"line": 3}))

    def test_document_that_is_a_zip(self):
        for names, code in (
            ({"word/document.xml": "x"}, "not_a_workbook"),
            ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "open_document"),
        ):
            output = io.BytesIO()
            with zipfile.ZipFile(output, "w") as archive:
                for name, text in names.items():
                    archive.writestr(name, text)
            with self.subTest(code=code), self.assertRaises(TableError) as raised:
                read_table(output.getvalue())
            self.assertEqual(raised.exception.code, code)

    def test_workbook_keeps_numbers_and_dates_exact(self):
        day = datetime.datetime(2024, 3, 1, 10, 30)
        content = workbook(["Titre"], [], ["Nom", "SIREN", "Créée le", "Budget"], ["A", 308973635.0, day, 12.5])
        sheet = read_table(content)
        self.assertEqual([row.line for row in sheet.rows], [1, 3, 4])
        self.assertEqual(sheet.rows[-1].cells, ("A", 308973635, datetime.date(2024, 3, 1), 12.5))
        self.assertEqual(cell_text(308973635.0), "308973635")

    def test_workbook_takes_the_sheet_that_looks_like_the_list(self):
        book = Workbook()
        book.active.append(["Lisez-moi", "Mode d'emploi"])
        list_sheet = book.create_sheet("Adhérents")
        for row in (["Nom", "SIREN"], ["A", 308973635]):
            list_sheet.append(row)
        output = io.BytesIO()
        book.save(output)
        sheet = read_table(output.getvalue(), score=MEMBER_HEADERS.table_score)
        self.assertEqual((sheet.name, sheet.others), ("Adhérents", ["Sheet"]))

    def test_workbook_hidden_sheet_is_not_read(self):
        with self.assertRaises(TableError) as raised:
            read_table(workbook(hidden=[["Nom"], ["A"]]))
        self.assertEqual(raised.exception.code, "empty")
