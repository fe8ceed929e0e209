"""Files as they really are, each with the preview that is expected of it."""

from odoo.exceptions import UserError

from ..data.made_files import workbook
from .test_import import ImportCase

SIREN, SIREN_ZEROS, SIRET = "308973635", "005580048", "73282932000074"


class TestImportFiles(ImportCase):
    def check(self, content, statuses, message=None, **values):
        """Preview a file; compare statuses by line, and the first remark."""
        record = self.preview(content, **values)
        self.assertEqual(
            [(line.number, line.status) for line in record.line_ids],
            list(statuses.items()),
            record.line_ids.mapped("message"),
        )
        if message:
            self.assertRegex("\n".join(filter(None, record.line_ids.mapped("message"))), message)
        return record

    def refused_file(self, content, sentence):
        record = self.make_import(content)
        with self.assertRaisesRegex(UserError, sentence):
            record.action_preview()

    def test_01_semicolons_windows_1252(self):
        content = "Dénomination;Créée le\r\nÉtoile d'Été;01/03/1999\r\n".encode("cp1252")
        record = self.check(content, {2: "create"})
        self.assertEqual(record.line_ids.name, "Étoile d'Été")
        self.assertIn("accents as Windows writes them", record.file_description)

    def test_02_tabs_utf_16(self):
        content = "Nom\tVille\nÉtoile\tNantes\n".encode("utf-16")
        record = self.check(content, {2: "create"})
        self.assertIn("delimiter “tab”", record.file_description)

    def test_03_commas_quotes_and_bom(self):
        content = '\ufeffName,City\n"Club, dit ""Le Phare""","Nantes"\n'.encode()
        record = self.check(content, {2: "create"})
        self.assertEqual(record.line_ids.name, 'Club, dit "Le Phare"')

    def test_04_titles_and_blank_lines_above(self):
        lines = [
            "Liste des adhérents;;",
            ";;",
            "Exercice 2025;;",
            "Nom;SIREN;Ville",
            "",
            f"A;{SIREN};",
            ";;",
        ]
        self.check(lines, {6: "create"})

    def test_05_ragged_lines(self):
        lines = ["Nom;SIREN;Ville", "A", "B;;Nantes", "C;;Nantes;;", "D;;Nantes;trop"]
        self.check(
            lines,
            {2: "create", 3: "create", 4: "create", 5: "refused"},
            "Line 5: it has 4 cells, where the headers have 3",
        )

    def test_06_identifiers_mangled_by_a_spreadsheet(self):
        lines = [
            "Nom;SIRET",
            "A;5580048",
            "B;3,5E+13",
            f"C;{SIREN}.0",
            "D;732 829 320 00074",
            "E;123456789",
            "F;7328293200007",
        ]
        record = self.check(
            lines,
            {2: "create", 3: "refused", 4: "create", 5: "create", 6: "refused", 7: "refused"},
            "Line 3, column “SIRET”: “3,5E\\+13” was shortened by a spreadsheet",
        )
        self.assertEqual(record.line_ids[0].values["company_registry"], SIREN_ZEROS)
        self.assertIn(f"read as {SIREN_ZEROS}", record.line_ids[0].message)
        self.assertEqual(record.line_ids[3].values["company_registry"], SIRET)
        self.assertIn("Line 6, column “SIRET”", record.line_ids[4].message)

    def test_07_amounts(self):
        lines = [
            "Nom;Budget 2025",
            "A;100\u00a0000,00 €",
            "B;1\u202f234,56",
            "C;85.000",
            "D;inconnu",
            "E;-3",
            "F;beaucoup",
        ]
        record = self.check(
            lines,
            {2: "create", 3: "create", 4: "create", 5: "create", 6: "refused", 7: "refused"},
            "Line 7, column “Budget 2025”: “beaucoup” is not a number",
        )
        budgets = [line.values.get("budget") for line in record.line_ids[:4]]
        self.assertEqual(budgets, [100000, 1234.56, 85000, None])

    def test_08_amount_that_may_be_two(self):
        self.check(["Nom;Budget", "A;100.000"], {2: "refused"}, "may be thousands or decimals")

    def test_09_dates_in_three_styles(self):
        lines = [
            "Nom;Date d'adhésion",
            "A;2024-03-01",
            "B;01/03/2024",
            "C;1er mars 2024",
            "D;45352",
        ]
        record = self.check(lines, {2: "create", 3: "create", 4: "create", 5: "create"})
        self.assertEqual({line.values["since"] for line in record.line_ids}, {"2024-03-01"})

    def test_10_dates_month_first(self):
        self.check(["Nom;Date d'adhésion", "A;03/25/2024"], {2: "refused"}, "Write the day first")

    def test_11_repeated_and_alike(self):
        lines = [
            "Nom;Ville",
            "Les Amis du Port;Nantes",
            "Les Amis du Port;Nantes",
            "ASSO. LES AMIS DU PORT;Nantes",
            "LES AMIS DU PORT;Rezé",
        ]
        record = self.check(
            lines,
            {2: "create", 3: "joined", 4: "decide", 5: "decide"},
            "Same as line 2: the two count as one",
        )
        self.assertIn("Line 2, “Les Amis du Port”", record.line_ids[2].message)

    def test_12_one_siren_two_bodies(self):
        self.check(
            ["Nom;SIREN", f"Siège;{SIREN}", f"Section nord;{SIREN}"], {2: "create", 3: "decide"}, "has the same SIREN"
        )

    def test_13_totals_and_page_headers(self):
        lines = ["Nom;Budget", "A;1", "Nom;Budget", "B;2", "TOTAL;3", ";3"]
        self.check(
            lines,
            {2: "create", 4: "create", 5: "refused", 6: "refused"},
            "looks like a line of totals",
        )

    def test_14_words_that_are_not_known(self):
        lines = [
            "Nom;Pays;Secteur;Catégorie;Forme juridique",
            "A;Syldavie;;;",
            "B;;Astrologie;;",
            "C;;;Mystère;",
            "D;;;;Confrérie",
            "E;belgique;;;ASSOCIATION LOI 1901",
        ]
        record = self.check(
            lines,
            {2: "refused", 3: "refused", 4: "refused", 5: "refused", 6: "create"},
            "the category “Mystère” is not known",
        )
        belgium = self.env.ref("base.be").id
        self.assertEqual(record.line_ids[-1].values["country_id"], belgium)

    def test_15_quote_closed_on_the_next_line(self):
        content = b'Nom;Ville\n"A;Nantes\nB";Brest\nC;Lyon\n'
        self.check(content, {2: "refused", 4: "create"}, "a quotation mark is probably not closed")

    def test_16_postcodes_without_zero_and_abroad(self):
        lines = ["Nom;CP;Pays", "A;1000;", "B;1000;Belgique", "C;44 000;France"]
        record = self.check(lines, {2: "create", 3: "create", 4: "create"}, "read as 01000")
        self.assertEqual([line.values["zip"] for line in record.line_ids], ["01000", "1000", "44000"])

    def test_17_workbook_of_several_sheets_worth(self):
        content = workbook(
            ["Annuaire"],
            ["Nom", "SIREN", "CP"],
            ["A", 5580048, 1000],
            ["B", None, "44000"],
            [None, SIREN, None],
        )
        record = self.check(content, {3: "create", 4: "create", 5: "refused"}, "Line 5: there is no name")
        self.assertEqual(record.line_ids[0].values["company_registry"], SIREN_ZEROS)

    def test_18_errors_of_the_spreadsheet(self):
        self.check(["Nom;Budget", "A;#REF!"], {2: "refused"}, "is an error of the spreadsheet")

    def test_19_rna_and_siren_in_one_column(self):
        record = self.check(
            ["Nom;N° SIREN", "A;W442000001", f"B;{SIREN}"],
            {2: "create", 3: "create"},
            "W442000001 is an RNA number",
        )
        self.assertEqual(record.line_ids[0].values["rna"], "W442000001")
        self.assertEqual(record.line_ids[1].values["company_registry"], SIREN)

    def test_20_several_emails_and_a_wrong_one(self):
        lines = ["Nom;Email", 'A;"a@b.fr ; c@d.org"', "B;b(at)c.fr"]
        record = self.check(lines, {2: "create", 3: "refused"}, "is not an email address")
        self.assertEqual(record.line_ids[0].values["email"], "a@b.fr, c@d.org")

    def test_21_no_column_of_names(self):
        record = self.preview(["Machin;Truc", "A;B"])
        self.assertEqual((record.state, len(record.line_ids)), ("draft", 0))
        self.assertIn("No column was recognised as the name", record.notice)
        record.column_ids[0].target = "name"
        record.action_preview()
        self.assertEqual(record.line_ids.name, "A")

    def test_22_header_given_by_hand(self):
        lines = ["Machin;Truc", "Bidule;Chose", "A;B"]
        record = self.preview(lines, header_line=2)
        self.assertEqual(record.column_ids.mapped("header"), ["Bidule", "Chose"])
        record = self.make_import(lines, header_line=9)
        with self.assertRaisesRegex(UserError, "nothing on line 9"):
            record.action_preview()

    def test_23_wrong_files(self):
        for content, sentence in (
            (b"%PDF-1.4 ...", "This is a PDF"),
            (b"\x89PNG\r\n\x1a\n", "This is a picture"),
            (b"\xd0\xcf\x11\xe0", "old Excel"),
            (b"<html><body>Export</body></html>", "web page"),
            (b"\n\n", "The file is empty"),
            (b"Nom;SIREN\n", "and nothing below"),
            (b'Nom;Ville\n"A;x\n', "Line 2: a quotation mark"),
            (b"PK\x03\x04 truncated", "damaged"),
        ):
            with self.subTest(sentence=sentence):
                self.refused_file(content, sentence)

    def test_24_no_file(self):
        record = self.env["association.member.import"].with_user(self.users["office"]).create({})
        with self.assertRaisesRegex(UserError, "Choose the file"):
            record.action_preview()

    def test_25_postcode_and_town_in_one_cell(self):
        for header in ("CP Ville", "Code postal", "Ville", "Code postal / Ville"):
            with self.subTest(header=header):
                lines = [
                    f"Nom;{header}",
                    "A;44000 NANTES",
                    "B;F-29200 Brest cedex 2",
                    "C;Rezé (44400)",
                    "D;35 000 Rennes",
                ]
                record = self.check(lines, {2: "create", 3: "create", 4: "create", 5: "create"})
                self.assertEqual(
                    [(line.values["zip"], line.values["city"]) for line in record.line_ids],
                    [("44000", "NANTES"), ("29200", "Brest cedex 2"), ("44400", "Rezé"), ("35000", "Rennes")],
                )

    def test_26_several_phones(self):
        lines = [
            "Nom;Téléphone;Portable",
            "A;02 40 00 00 00 / 06 11 22 33 44;",
            "B;0240000000 0611223344;",
            "C;02.40.00.00.00;06.11.22.33.44",
            "D;+33 2 40 00 00 00;",
            "E;240000000;611223344",
        ]
        record = self.check(lines, {**dict.fromkeys(range(2, 7), "create"), 3: "decide"}, "the same telephone")
        self.assertEqual(
            [(line.values["phone"], line.values.get("extras")) for line in record.line_ids],
            [
                ("02 40 00 00 00", ["☎ 06 11 22 33 44"]),
                ("0240000000", ["☎ 0611223344"]),
                ("02.40.00.00.00", ["☎ 06.11.22.33.44"]),
                ("+33 2 40 00 00 00", None),
                ("0240000000", ["☎ 0611223344"]),
            ],
        )
        record.action_create_undecided()
        record.action_import()
        self.assertEqual(self.preview(lines).unchanged_count, 5)

    def test_27_emails_with_spaces(self):
        record = self.check(
            ["Nom;Email", "A;jean . dupont @ exemple.fr", "B;a@b.fr c@d.fr"], {2: "create", 3: "create"}, "has spaces"
        )
        self.assertEqual(
            [line.values["email"] for line in record.line_ids], ["jean.dupont@exemple.fr", "a@b.fr, c@d.fr"]
        )

    def test_28_capitals_are_kept(self):
        record = self.check(["Nom;Ville", "LES AMIS DU PORT;SAINT-NAZAIRE"], {2: "create"})
        record.action_import()
        partner = record.line_ids.partner_id
        self.assertEqual((partner.name, partner.city), ("LES AMIS DU PORT", "SAINT-NAZAIRE"))

    def test_29_typing_errors(self):
        lines = ["Nom;CP", "Compagnie du Ressac;44000", "Compagnie du Resac;44100", "Compagnie du Ressac;29000"]
        record = self.check(lines, {2: "create", 3: "decide", 4: "decide"}, "a typing error")
        self.assertIn("Line 2, “Compagnie du Ressac”", record.line_ids[1].message)

    def test_30_history_in_words_and_marks(self):
        lines = [
            "Nom;Adhésion 2023;Cotisation 2024;Reste dû 2024",
            "A;oui;50,00 €;",
            "B;non;;20",
            "C;;beaucoup;",
            "D;gratuit;12/03/2024;0",
        ]
        record = self.check(
            lines,
            {2: "create", 3: "create", 4: "refused", 5: "create"},
            "Line 4, column “Cotisation 2024”: “beaucoup” is not a number",
        )
        self.assertEqual([len(line.values.get("history", [])) for line in record.line_ids], [2, 1, 0, 2])
