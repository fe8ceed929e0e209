"""Workbooks keep numbers, dates and text apart."""

import io
from datetime import date
from unittest import TestCase

import openpyxl
from coup_de_pousse_membership.calculation.common.spreadsheet import Sheet, workbook


def read(content):
    """Return {sheet: rows} of an XLSX file."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


class TestSpreadsheet(TestCase):
    def test_values_keep_their_kind(self):
        columns = [("Name", 20, "text"), ("Day", 12, "date"), ("Fee", 12, "money"), ("Number", 8, "integer")]
        rows = [("=1+1", date(2025, 12, 31), 12.5, 3), (False, None, 0, False)]
        found = read(workbook([Sheet("A/B [2025] and a very long name indeed", columns, rows, ("Title",))]))
        self.assertEqual(list(found), ["A-B -2025- and a very long name"])
        title, _blank, header, first, second = next(iter(found.values()))
        self.assertEqual(title[0], "Title")
        self.assertEqual(header, ["Name", "Day", "Fee", "Number"])
        self.assertEqual((first[0], first[1].date(), first[2], first[3]), ("=1+1", date(2025, 12, 31), 12.5, 3))
        self.assertEqual(second, [None, None, 0, None])

    def test_empty(self):
        self.assertEqual(read(workbook([Sheet("Empty", [("Name", 10, "text")], [])])), {"Empty": [["Name"]]})
