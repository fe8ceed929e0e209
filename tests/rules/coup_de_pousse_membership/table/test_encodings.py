"""Encodings are judged by their result, line by line: no accent is garbled in silence."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.table.encodings import decode
from coup_de_pousse_membership.calculation.table.table_reader import read_table

GOOD = "Association Éducation populaire n°{};44000;Orléans-lès-Fossés\n"


class TestEncodings(TestCase):
    def test_one_stray_byte_does_not_garble_the_other_lines(self):
        good = "".join(GOOD.format(number) for number in range(30)).encode()
        for odd in (
            "Café des Âges;44000;Nantes\n".encode("cp1252"),
            "Café ".encode() + "à côté;44000;N\n".encode("cp1252"),
        ):
            with self.subTest(odd=odd):
                sheet = read_table(b"Nom;Code postal;Ville\n" + good + odd)
                self.assertEqual(
                    sheet.rows[1].cells, ("Association Éducation populaire n°0", "44000", "Orléans-lès-Fossés")
                )
                self.assertIn(sheet.rows[-1].cells[0], ("Café des Âges", "Café à côté"))
                self.assertEqual(sheet.notes, [("odd_encoding", {"lines": "32", "count": 1})])
                self.assertFalse([cell for row in sheet.rows for cell in row.cells if set(cell) & set("Ã√â€")])

    def test_a_file_glued_together_of_two(self):
        first, second = "Éléonore;Nîmes\n" * 3, "Zoé;Orléans\n" * 2
        for encoding in ("cp1252", "mac_roman"):
            with self.subTest(encoding=encoding):
                found = decode(first.encode() + second.encode(encoding))
                self.assertEqual(found.text, first + second)
                self.assertEqual(found.notes[0][1]["lines"], "4, 5")

    def test_accents_damaged_before_are_mended_and_told(self):
        text = "Nom;Ville\nL’École d'à côté;Nîmes\nÉté;Besançon\n"
        for encoding in ("cp1252", "mac_roman"):
            with self.subTest(encoding=encoding):
                damaged = "".join(letter if letter.isascii() else _misread(letter, encoding) for letter in text)
                found = decode(damaged.encode())
                self.assertEqual(found.text, text)
                self.assertEqual([code for code, _values in found.notes], ["encoded_twice"])

    def test_true_letters_stay(self):
        for text in ("Âge d'or;Ã\n", "Château;Pâques\n", "√ 2;x\n", "â€\n"):
            with self.subTest(text=text):
                self.assertEqual(decode(text.encode()).text, text)


def _misread(letter, encoding):
    return b"".join(bytes([byte]) for byte in letter.encode()).decode(encoding)
