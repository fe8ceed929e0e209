"""Past memberships in a list: which years a line gives, what was paid and what is owed."""

import datetime
from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.cell_vocabulary import CellVocabulary
from coup_de_pousse_membership.calculation.member_import.line_reader import LineReader, ReadingOptions
from coup_de_pousse_membership.calculation.member_import.member_columns import understand
from coup_de_pousse_membership.calculation.member_import.past_memberships import YearStart
from coup_de_pousse_membership.calculation.table.table_reader import read_table

TODAY = datetime.date(2026, 6, 15)


class TestHistoryReader(TestCase):
    def _read(self, text, **options):
        sheet = read_table(text.encode())
        header, rows = sheet.rows[0], sheet.rows[1:]
        columns = understand(header, rows, membership_year=options.get("membership_year"))
        return LineReader(
            columns, header, CellVocabulary(), ReadingOptions(TODAY, sheet.delimiter, **options)
        ).read_rows(rows)

    def _periods(self, text, **options):
        (line,) = self._read(text, **options)
        self.assertFalse(line.problems)
        return [(p["date_from"][:4], p["amount"], p["due"], p["settled_on"]) for p in line.values.get("history", [])]

    def test_what_a_cell_of_a_year_means(self):
        for headers, cells, expected in (
            ("Cotisation 2023", "50", (50, 0, "2023-12-31")),
            ("Cotisation 2023", "50,00 €", (50, 0, "2023-12-31")),
            ("Adhésion 2023", "x", (0, 0, "2023-12-31")),
            ("Adhésion 2023", "Oui", (0, 0, "2023-12-31")),
            ("Adhésion 2023", "12/03/2023", (0, 0, "2023-03-12")),
            ("Cotisation 2023", "gratuit", (0, 0, "2023-12-31")),
            ("Cotisation 2026", "50", (50, 0, "2026-06-15")),
            ("Cotisation 2023;Payé le 2023", "50;1/2/2023", (50, 0, "2023-02-01")),
            ("Cotisation due 2023;Cotisation payée 2023", "80;50", (80, 30, None)),
            ("Cotisation due 2023;Cotisation payée 2023", "80;80", (80, 0, "2023-12-31")),
            ("Cotisation due 2023;Cotisation payée 2023", "80;", (80, 80, None)),
            ("Cotisation due 2023;Cotisation payée 2023", "80;oui", (80, 0, "2023-12-31")),
            ("Cotisation due 2023", "80", (80, 80, None)),
            ("Reste dû cotisation 2023", "30", (30, 30, None)),
            ("Cotisation 2023;Reste dû 2023", "50;30", (80, 30, None)),
            ("Cotisation 2023;Reste dû 2023", "50;0", (50, 0, "2023-12-31")),
            ("Cotisation appelée 2023", "80", (80, 80, None)),
        ):
            with self.subTest(headers=headers, cells=cells):
                self.assertEqual(self._periods(f"Nom;{headers}\nA;{cells}\n"), [(headers[-4:], *expected)])

    def test_three_columns_with_three_meanings(self):
        headers = "Cotisation 2026; Payé 2026; Payé le"
        for cells, expected in (
            ("60;60;12/03/2026", (60, 0, "2026-03-12")),
            ("60;30;12/03/2026", (60, 30, None)),
            ("60;oui;", (60, 0, "2026-06-15")),
            ("60;non;", (60, 60, None)),
            ("60;;", (60, 60, None)),
            ("60;0;", (60, 60, None)),
            ("60;;12/03/2026", (60, 0, "2026-03-12")),
            (";60;12/03/2026", (60, 0, "2026-03-12")),
            ("gratuit;;", (0, 0, "2026-06-15")),
        ):
            with self.subTest(cells=cells):
                self.assertEqual(self._periods(f"Nom;{headers}\nA;{cells}\n"), [("2026", *expected)])

    def test_a_day_without_year_goes_with_the_column_before_it(self):
        text = "Nom;Cotisation 2024;Payé le;Cotisation 2025;Payé le\nA;50;01/02/2024;55;\n"
        self.assertEqual(self._periods(text), [("2024", 50, 0, "2024-02-01"), ("2025", 55, 55, None)])

    def test_a_line_for_each_year_without_proof_of_payment_is_unpaid(self):
        for cells, expected in (
            ("2025;60;60;12/03/2025", (60, 0, "2025-03-12")),
            ("2025;60;;", (60, 60, None)),
            ("2025;60;non;", (60, 60, None)),
        ):
            with self.subTest(cells=cells):
                text = f"Nom;Saison;Cotisation;Payé;Payé le\nA;{cells}\n"
                self.assertEqual(self._periods(text), [("2025", *expected)])

    def test_a_member_who_has_not_paid_an_unknown_fee_is_refused(self):
        for cells in ("oui;;", "oui;non;"):
            with self.subTest(cells=cells):
                (line,) = self._read(f"Nom;Adhésion 2026;Payé 2026;Payé le\nA;{cells}\n")
                self.assertEqual([problem.code for problem in line.problems], ["unpaid_without_fee"])

    def test_a_payment_yet_to_come_proves_nothing(self):
        (line,) = self._read("Nom;Cotisation 2026;Payé le\nA;60;01/09/2026\n")
        self.assertEqual([problem.code for problem in line.problems], ["future"])

    def test_no_membership(self):
        for cell in ("", "non", "0", "-", "NC", "impayé"):
            with self.subTest(cell=cell):
                self.assertEqual(self._periods(f"Nom;Cotisation 2023\nA;{cell}\n"), [])

    def test_first_joining_comes_from_the_first_year(self):
        (line,) = self._read("Nom;Cotisation 2023;Cotisation 2021;Adhérent depuis\nA;5;5;01/02/2022\n")
        self.assertEqual(line.values["since"], "2021-01-01")
        (line,) = self._read("Nom;Cotisation 2023;Adhérent depuis\nA;5;01/02/2022\n")
        self.assertEqual(line.values["since"], "2022-02-01")

    def test_seasons(self):
        self.assertEqual(
            self._periods("Nom;Cotisation 2023-2024\nA;50\n", start=YearStart(9, 1)), [("2023", 50, 0, "2024-08-31")]
        )
        self.assertEqual(
            self._periods("Nom;Saison;Cotisation\nA;2023/24;50\n", start=YearStart(9, 1)),
            [("2023", 50, 0, "2024-08-31")],
        )
        (line,) = self._read("Nom;Saison;Cotisation\nA;2023/24;50\n")
        self.assertEqual([problem.code for problem in line.problems], ["season"])

    def test_year_start(self):
        day = datetime.date
        self.assertEqual(YearStart().period(2024), (day(2024, 1, 1), day(2024, 12, 31)))
        self.assertEqual(YearStart(9, 1).period_of(day(2024, 8, 31)), (day(2023, 9, 1), day(2024, 8, 31)))
        self.assertEqual(YearStart(9, 1).period_of(day(2024, 9, 1)), (day(2024, 9, 1), day(2025, 8, 31)))

    def test_a_list_of_grants_has_no_memberships(self):
        for headers in (
            "Nom;Année;Montant",
            "Nom;Exercice;Payé",
            "Nom;Tarif;Solde",
            "Nom;Montant 2024",
            "Nom;Cotisation",
        ):
            with self.subTest(headers=headers):
                rows = read_table(f"{headers}\nA;1;2\n".encode()).rows
                columns = understand(rows[0], rows[1:])
                self.assertEqual({column.target for column in columns} - {None}, {"name"})

    def test_year_given_for_the_whole_file(self):
        self.assertEqual(self._periods("Nom;Cotisation\nA;50\n", membership_year=2022), [("2022", 50, 0, "2022-12-31")])

    def test_impossible_periods(self):
        for row, code in (
            ("20233;50", "year"),
            ("1850;50", "period"),
            ("2031;50", "period"),
        ):
            with self.subTest(row=row):
                (line,) = self._read(f"Nom;Saison;Cotisation\nA;{row}\n")
                self.assertEqual([problem.code for problem in line.problems], [code])
        (line,) = self._read("Nom;Début adhésion;Fin adhésion;Cotisation\nA;1/1/2024;31/12/2023;5\n")
        self.assertEqual([problem.code for problem in line.problems], ["period"])
