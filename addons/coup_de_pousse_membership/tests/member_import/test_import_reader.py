"""The plain parts of the import: reading a table, its headers, its cells."""

import datetime
import io
import zipfile
from decimal import Decimal

from odoo.tests import BaseCase
from openpyxl import Workbook

from ...calculation.table.import_columns import find_header, recognise, table_score, understand, year_in
from ...calculation.table.import_values import (
    ValueProblem,
    decimal_mark,
    read_date,
    read_email,
    read_figure,
    read_number,
    read_phone,
    read_registry,
    read_rna,
    read_zip,
)
from ...calculation.table.table_reader import TableError, cell_text, find_delimiter, read_table

TODAY = datetime.date(2026, 6, 15)


def workbook(*rows, title="Liste", hidden=()):
    """Return the bytes of a workbook; ``hidden`` are the rows of a second, hidden sheet."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if hidden:
        sheet = book.create_sheet("Cachée")
        sheet.sheet_state = "hidden"
        for row in hidden:
            sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


class TestTableReader(BaseCase):
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
            "ledger": b"OFXHEADER:100\nDATA:OFXSGML\n<OFX>",
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
        sheet = read_table(output.getvalue(), score=table_score)
        self.assertEqual((sheet.name, sheet.others), ("Adhérents", ["Sheet"]))

    def test_workbook_hidden_sheet_is_not_read(self):
        with self.assertRaises(TableError) as raised:
            read_table(workbook(hidden=[["Nom"], ["A"]]))
        self.assertEqual(raised.exception.code, "empty")


class TestImportColumns(BaseCase):
    def test_headers(self):
        cases = {
            "Nom de l'association": "name",
            "DÉNOMINATION": "name",
            "Nom du bénéficiaire": "name",
            "Identification du bénéficiaire": "siren",
            "N° SIRET du siège": "siret",
            "S.I.R.E.N.": "siren",
            "N° RNA / Waldec": "rna",
            "Adresse du siège social": "street",
            "Complément d'adresse": "street2",
            "C.P.": "zip",
            "code_postal": "zip",
            "codePostal": "zip",
            "Commune": "city",
            "Adresse e-mail": "email",
            "Courriel": "email",
            "Tél. (fixe)": "phone",
            "Site Internet": "website",
            "Budget 2024 (€)": "budget",
            "Chiffre d'affaires": "turnover",
            "Nb. de salariés (ETP)": "employees",
            "Nombre de bénévoles": "volunteers",
            "Adhérents": "members",
            "Adhérent": "name",
            "Nombre d'habitants": "inhabitants",
            "Date d'adhésion": "since",
            "Date de création": "founded_on",
            "Type d'adhérent": "category",
            "Member since": "since",
            "Nom de l'attribuant": None,
            "Identification de l'attribuant": None,
            "Nom du président": None,
            "Email du trésorier": None,
            "Montant total de la subvention": None,
            "Date de la convention de subvention": None,
            "": None,
        }
        for header, target in cases.items():
            with self.subTest(header=header):
                self.assertEqual(recognise(header)[0], target)

    def _targets(self, header, *rows, year=None):
        text = "\n".join([";".join(header), *(";".join(row) for row in rows)])
        found = read_table(text.encode()).rows
        return [column.target for column in understand(found[0], found[1:], year)]

    def test_one_column_for_each_target(self):
        self.assertEqual(self._targets(["Nom", "Nom complet", "SIREN"], ["a", "b", "c"]), ["name", None, "siren"])

    def test_known_phrase_goes_before_a_longer_one(self):
        self.assertEqual(self._targets(["Email de la structure", "Email"], ["a", "b"]), [None, "email"])

    def test_figures_of_the_year_asked_or_the_latest(self):
        header, row = ["Nom", "Budget 2023", "Budget 2025", "Budget 2024"], ["a", "1", "2", "3"]
        self.assertEqual(self._targets(header, row), ["name", None, "budget", None])
        self.assertEqual(self._targets(header, row, year=2023), ["name", "budget", None, None])
        self.assertEqual(year_in("Budget 2025 (€)"), 2025)

    def test_header_below_titles(self):
        text = "Liste des adhérents;;\nAu 31/12/2024;;\n;;\nNom;SIREN;Ville\nA;308973635;Nantes\n"
        rows = read_table(text.encode()).rows
        self.assertEqual(rows[find_header(rows)].line, 4)

    def test_a_value_that_is_a_header_word_is_not_the_header(self):
        rows = read_table(b"Denom X;Genre\nLes Tilleuls;Association\nAutre;Commune\n").rows
        self.assertEqual(rows[find_header(rows)].line, 1)


class TestImportValues(BaseCase):
    def _read(self, read, cell, *args):
        """Return the value, or the code of the problem."""
        try:
            return read(cell, *args)
        except ValueProblem as problem:
            return problem.code

    def test_numbers(self):
        cases = {
            "100 000,00 €": Decimal("100000"),
            "100\u202f000,00\u00a0€": Decimal("100000"),
            "1.250.000": Decimal("1250000"),
            "1.234,56": Decimal("1234.56"),
            "1,234.56": Decimal("1234.56"),
            "1'000.50": Decimal("1000.50"),
            "16500.0": Decimal("16500"),
            "12,5": Decimal("12.5"),
            "0,125": Decimal("0.125"),
            "12k€": Decimal("12000"),
            "1,5 M€": Decimal("1500000"),
            "2,5 ETP": Decimal("2.5"),
            "0": Decimal("0"),
            0: Decimal("0"),
            12.5: Decimal("12.5"),
            "": None,
            "NC": None,
            "-": None,
            "100.000": "ambiguous_number",
            "100,000": "ambiguous_number",
            "-5": "negative",
            "néant": "number",
            "1.23.4": "number",
            "12 rue": "number",
            datetime.date(2024, 1, 1): "number",
            True: "number",
            "#REF!": "cell_error",
            "99999999999999": "too_large",
        }
        for cell, expected in cases.items():
            with self.subTest(cell=cell):
                self.assertEqual(self._read(read_number, cell), expected)

    def test_the_file_tells_its_decimal_mark(self):
        for cells, mark in (
            (["100.000", "12,5"], ","),
            (["100.000", "1.250.000"], ","),
            (["100,000", "12.5"], "."),
            (["100.000", "85.000"], None),
            (["12,5", "12.5"], None),
            ([100.5, "12"], None),
        ):
            with self.subTest(cells=cells):
                self.assertEqual(decimal_mark(cells), mark)
        self.assertEqual(read_number("100.000", ","), 100000)
        self.assertEqual(read_number("100.000", "."), 100)

    def test_figures(self):
        self.assertEqual(read_figure("12,0", "volunteers"), 12)
        self.assertEqual(read_figure("2,5", "employees"), 2.5)
        self.assertEqual(self._read(read_figure, "12,5", "members"), "not_whole")
        self.assertEqual(self._read(read_figure, "3000000000", "members"), "too_large")

    def test_dates(self):
        cases = {
            "2024-03-01": (2024, 3, 1),
            "2024-03-01 10:30:00": (2024, 3, 1),
            "2024-03-01T00:00:00": (2024, 3, 1),
            "01/03/2024": (2024, 3, 1),
            "1.3.2024": (2024, 3, 1),
            "1er mars 2024": (2024, 3, 1),
            "1 août 1999": (1999, 8, 1),
            "vendredi 1er mars 2024": (2024, 3, 1),
            "45352": (2024, 3, 1),
            45352: (2024, 3, 1),
            "20240301": (2024, 3, 1),
            "01/03/24": (2024, 3, 1),
            "01/03/36": (1936, 3, 1),
            "2019": (2019, 1, 1),
        }
        for cell, expected in cases.items():
            with self.subTest(cell=cell):
                self.assertEqual(read_date(cell, TODAY), datetime.date(*expected))
        for cell, code in (
            ("03/25/2024", "date_month_first"),
            ("31/02/2024", "date"),
            ("mars 2024", "date"),
            ("bientôt", "date"),
            ("12", "date"),
        ):
            with self.subTest(cell=cell):
                self.assertEqual(self._read(read_date, cell, TODAY), code)
        self.assertIsNone(read_date("", TODAY))

    def test_a_year_alone_is_noted(self):
        notes = []
        read_date("2019", TODAY, notes)
        self.assertEqual([code for code, _values in notes], ["year_only"])

    def test_registry(self):
        cases = {
            "308973635": "308973635",
            "308 973 635": "308973635",
            "308973635.0": "308973635",
            308973635: "308973635",
            "SIREN 308973635": "308973635",
            "5580048": "005580048",
            "5580049": "registry",
            "12": "registry",
            "123456789": "registry",
            "3,5E+13": "scientific",
            "3.0897E+08": "scientific",
            "W442000001": "registry",
            "": None,
            "NC": None,
        }
        for cell, expected in cases.items():
            with self.subTest(cell=cell):
                self.assertEqual(self._read(read_registry, cell), expected)

    def test_lost_zeros_are_noted(self):
        notes = []
        read_registry("5580048", notes)
        self.assertEqual(notes, [("zeros_mended", {"value": "5580048", "mended": "005580048"})])

    def test_other_readers(self):
        self.assertEqual(read_rna("w44 2000001"), "W442000001")
        self.assertEqual(self._read(read_rna, "442000001"), "rna")
        self.assertEqual(read_email("a@b.fr; c@d.org"), "a@b.fr, c@d.org")
        self.assertEqual(self._read(read_email, "a@b"), "email")
        self.assertEqual(read_phone("240000000"), "0240000000")
        self.assertEqual(read_zip("1000"), "01000")
        self.assertEqual(read_zip("44 000"), "44000")
