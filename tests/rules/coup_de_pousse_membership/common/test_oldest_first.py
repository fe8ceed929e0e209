"""An amount is given to what is open, in order, and never more than there is."""

import unittest

from coup_de_pousse_membership.calculation.common.oldest_first import settle


class TestOldestFirst(unittest.TestCase):
    def test_cases(self):
        for amount, left, parts, rest in (
            (100, {"a": 60, "b": 70}, [("a", 60), ("b", 40)], 0),
            (150, {"a": 60, "b": 70}, [("a", 60), ("b", 70)], 20),
            (30, {"a": 0, "b": 70}, [("b", 30)], 0),
            (30, {}, [], 30),
        ):
            with self.subTest(amount=amount, left=left):
                before = sum(left.values())
                self.assertEqual(settle(amount, list(left), left), (parts, rest))
                self.assertEqual(before - sum(left.values()), amount - rest)

    def test_cents_are_rounded(self):
        left = {"a": 0.1, "b": 0.2}
        parts, rest = settle(0.3, ["a", "b"], left, lambda amount: round(amount, 2))
        self.assertEqual((parts, rest), ([("a", 0.1), ("b", 0.2)], 0))
