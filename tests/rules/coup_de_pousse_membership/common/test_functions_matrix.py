"""Bodies × functions: gaps and duplicates."""

import unittest

from coup_de_pousse_membership.calculation.common.functions_matrix import review


class TestFunctionsMatrix(unittest.TestCase):
    def test_matrix(self):
        gaps, duplicates = review([("A", 1, "de"), ("B", 1, "e"), ("C", 2, "")], "def")
        self.assertEqual(gaps, {1: ["f"], 2: ["d", "e", "f"]})
        self.assertEqual(duplicates, {(1, "e"): ["A", "B"]})
