"""Amounts in words, as on a cheque."""

import unittest

from coup_de_pousse_membership.calculation.common.amount_words import amount_in_words


class TestAmountWords(unittest.TestCase):
    def test_words(self):
        for amount, words in (
            (290.0, "deux cent quatre-vingt-dix euros"),
            (120.05, "cent vingt euros et cinq centimes"),
            (80, "quatre-vingts euros"),
        ):
            self.assertEqual(amount_in_words(amount, "EUR", "fr"), words)
