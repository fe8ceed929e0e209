"""Reading the cells of a list of members: figures, identifiers, addresses."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.member_values import (
    read_email,
    read_figure,
    read_phone,
    read_registry,
    read_rna,
    read_zip,
)
from coup_de_pousse_membership.calculation.table.values import ValueProblem


class TestMemberValues(TestCase):
    def _read(self, read, cell, *args):
        """Return the value, or the code of the problem."""
        try:
            return read(cell, *args)
        except ValueProblem as problem:
            return problem.code

    def test_figures(self):
        self.assertEqual(read_figure("12,0", "volunteers"), 12)
        self.assertEqual(read_figure("2,5", "employees"), 2.5)
        self.assertEqual(self._read(read_figure, "12,5", "members"), "not_whole")
        self.assertEqual(self._read(read_figure, "3000000000", "members"), "too_large")

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
