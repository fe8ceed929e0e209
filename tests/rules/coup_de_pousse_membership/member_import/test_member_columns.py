"""What the headers of a list of members mean."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.member_columns import MEMBER_HEADERS, understand, year_in
from coup_de_pousse_membership.calculation.table.table_reader import read_table


class TestImportColumns(TestCase):
    def test_headers(self):
        cases = {
            "Nom de l'association": "name",
            "DÉNOMINATION": "name",
            "Nom du bénéficiaire": "name",
            "Identification du bénéficiaire": "siren",
            "N° SIRET du siège": "siret",
            "S.I.R.E.N.": "siren",
            "N° RNA / Waldec": "rna",
            "Adresse du siège social": "street",
            "Complément d'adresse": "street2",
            "C.P.": "zip",
            "code_postal": "zip",
            "codePostal": "zip",
            "Commune": "city",
            "Adresse e-mail": "email",
            "Courriel": "email",
            "Tél. (fixe)": "phone",
            "Site Internet": "website",
            "Budget 2024 (€)": "budget",
            "Chiffre d'affaires": "turnover",
            "Nb. de salariés (ETP)": "employees",
            "Nombre de bénévoles": "volunteers",
            "Adhérents": "members",
            "Adhérent": "name",
            "Nombre d'habitants": "inhabitants",
            "Date d'adhésion": "since",
            "Date de création": "founded_on",
            "Type d'adhérent": "category",
            "Member since": "since",
            "Nom de l'attribuant": None,
            "Identification de l'attribuant": None,
            "Nom du président": None,
            "Email du trésorier": None,
            "Montant total de la subvention": None,
            "Date de la convention de subvention": None,
            "": None,
        }
        for header, target in cases.items():
            with self.subTest(header=header):
                self.assertEqual(MEMBER_HEADERS.recognise(header)[0], target)

    def _targets(self, header, *rows, year=None):
        text = "\n".join([";".join(header), *(";".join(row) for row in rows)])
        found = read_table(text.encode()).rows
        return [column.target for column in understand(found[0], found[1:], year)]

    def test_one_column_for_each_target(self):
        self.assertEqual(self._targets(["Nom", "Nom complet", "SIREN"], ["a", "b", "c"]), ["name", None, "siren"])

    def test_known_phrase_goes_before_a_longer_one(self):
        self.assertEqual(self._targets(["Email de la structure", "Email"], ["a", "b"]), [None, "email"])

    def test_figures_of_the_year_asked_or_the_latest(self):
        header, row = ["Nom", "Budget 2023", "Budget 2025", "Budget 2024"], ["a", "1", "2", "3"]
        self.assertEqual(self._targets(header, row), ["name", None, "budget", None])
        self.assertEqual(self._targets(header, row, year=2023), ["name", "budget", None, None])
        self.assertEqual(year_in("Budget 2025 (€)"), 2025)

    def test_header_below_titles(self):
        text = "Liste des adhérents;;\nAu 31/12/2024;;\n;;\nNom;SIREN;Ville\nA;308973635;Nantes\n"
        rows = read_table(text.encode()).rows
        self.assertEqual(rows[MEMBER_HEADERS.find_header(rows)].line, 4)

    def test_a_value_that_is_a_header_word_is_not_the_header(self):
        rows = read_table(b"Denom X;Genre\nLes Tilleuls;Association\nAutre;Commune\n").rows
        self.assertEqual(rows[MEMBER_HEADERS.find_header(rows)].line, 1)
