"""A file read in a process of its own says the same as one read here, and cannot take more than it may."""

import time
from unittest import TestCase, mock

from coup_de_pousse_membership.calculation.member_import.member_columns import MEMBER_HEADERS
from coup_de_pousse_membership.calculation.table import apart
from coup_de_pousse_membership.calculation.table.apart import read_table_apart
from coup_de_pousse_membership.calculation.table.table_reader import TableError, read_table
from test_bad_files import BAD_FILES, MB, _book


class TestApart(TestCase):
    def test_the_same_is_read(self):
        book = _book([("Nom", "Code postal", "Ville"), ("Étoile", 44000, "Nantes")])
        long = b"Nom;Ville\n" + b"Association;Nantes\n" * 40_000
        for content in (book, long, b"Nom;Ville\nA;X\n"):
            score = MEMBER_HEADERS.table_score
            self.assertEqual(read_table_apart(content, score), read_table(content, score))

    def test_the_same_is_refused_with_the_same_reason(self):
        for name in (
            "a cell of 150 MB",
            "too many cells",
            "protected archive",
            "row 2,000,000,000",
            "styles of 100 MB",
        ):
            make, code = BAD_FILES[name]
            with self.subTest(file=name), self.assertRaises(TableError) as refused:
                read_table_apart(make())
            self.assertIn(refused.exception.code, (code, "too_costly"))

    def test_as_many_lines_as_promised_are_read(self):
        line = "Association n°{0};{0:05};Nantes;{0}@example.org;0612345678;2 rue du Port;100,00;;;x\n"
        content = "Nom;CP;Ville;E-mail;Tél;Adresse;Budget;A;B;C\n" + "".join(line.format(n) for n in range(99_999))
        self.assertEqual(len(read_table_apart(content.encode(), MEMBER_HEADERS.table_score).rows), 100_000)

    def test_what_never_ends_is_given_up(self):
        content = b"Nom;Ville\n" + b"A;X\n" * MB
        start = time.monotonic()
        with mock.patch.object(apart, "PATIENCE", 0.01), self.assertRaises(TableError) as refused:
            read_table_apart(content)
        self.assertEqual(refused.exception.code, "too_costly")
        self.assertLess(time.monotonic() - start, 10)
