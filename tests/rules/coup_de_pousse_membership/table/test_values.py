"""Reading the cells of any table: numbers and dates as people and spreadsheets write them."""

import datetime
from decimal import Decimal
from unittest import TestCase

from coup_de_pousse_membership.calculation.table.values import ValueProblem, decimal_mark, read_date, read_number

TODAY = datetime.date(2026, 6, 15)


class TestImportValues(TestCase):
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
