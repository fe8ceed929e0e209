"""Names that differ by a typing error: proposed, never united, and found without comparing all."""

import time
from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.member_matching import Body, Matcher
from coup_de_pousse_membership.calculation.member_import.typing_errors import LARGEST_BLOCK, are_alike, blocks


class TestImportTyping(TestCase):
    KNOWN = Body(1, "Compagnie du Ressac", "44000")

    def _match(self, name, zip_code="44000", known=None, **values):
        match = Matcher([known or self.KNOWN]).match(Body(9, name, zip_code, **values))
        return match.kind, match.reason

    def test_typing_errors_are_proposed(self):
        for name in ("Compagnie du Resac", "Compagnie du Ressca", "Compganie du Ressac", "Compagnie du Ressacq"):
            with self.subTest(name=name):
                self.assertEqual(self._match(name), ("doubt", "typing"))
        self.assertEqual(self._match("Ressourcerie", known=Body(1, "Resourcerie", "44000")), ("doubt", "typing"))

    def test_same_department_is_near_enough(self):
        self.assertEqual(self._match("Compagnie du Resac", "44600"), ("doubt", "typing"))

    def test_what_is_another(self):
        self.assertEqual(self._match("Compagnie du Resac", "29000"), ("none", ""), "another department")
        self.assertEqual(self._match("Compagnie du Resac", ""), ("none", ""), "no place")
        self.assertEqual(self._match("Compagnie du Marais"), ("none", ""), "another word")
        self.assertEqual(
            self._match("Foyer rural section 2", known=Body(1, "Foyer rural section 1", "44000")), ("none", "")
        )
        self.assertEqual(self._match("Le Pare", known=Body(1, "Le Phare", "44000")), ("none", ""), "too short to tell")
        known = Body(1, "Compagnie du Ressac", "44000", "308973635")
        self.assertEqual(self._match("Compagnie du Resac", known=known, registry="552008443"), ("none", ""))
        self.assertEqual(self._match("Compagnie du Resac", person=True), ("none", ""), "a person")

    def test_alike(self):
        self.assertTrue(are_alike("compagnieressac", "compagnieresac"))
        self.assertFalse(are_alike("foyerrural1", "foyerrural2"))
        self.assertEqual(len(blocks("44", ["a", "b", "c"])), 3)

    def test_names_that_share_all_words_but_one_stay_cheap(self):
        """Quadratic, this would take minutes: each block is bounded."""
        words = [
            f"{first}{second}{third}x" for first in "abcdefghij" for second in "klmnopqrst" for third in "uvwxyz" * 3
        ]
        bodies = [Body(i, f"Club nautique {word}", "44000") for i, word in enumerate(words)]
        start = time.process_time()
        matcher = Matcher()
        for body in bodies:
            matcher.match(body)
            matcher.add(body)
        self.assertLess(time.process_time() - start, 10)
        self.assertGreater(len(bodies), 20 * LARGEST_BLOCK)
