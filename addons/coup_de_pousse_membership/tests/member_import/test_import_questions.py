"""What an import asks before it writes: columns that may be meant otherwise, and never a payment that is not proven."""

from odoo.exceptions import UserError

from .test_import import SMALL_FILE, ImportCase


class TestImportQuestions(ImportCase):
    def test_three_columns_with_three_meanings(self):
        record = self.preview(["Nom;Cotisation 2024;Payé 2024;Payé le", "A;60;60;12/03/2024", "B;60;non;", "C;60;;"])
        self.assertIn(
            "“Cotisation 2024” is “Membership: fee called” of 2024, “Payé 2024” is “Membership: fee paid” of 2024, "
            "“Payé le” is “Membership: paid on” of 2024. A membership without proof of payment is unpaid.",
            record.questions,
        )
        record.action_import()
        memberships = record.line_ids.member_id.membership_ids.sorted("member_id")
        self.assertEqual(memberships.mapped("payment_state"), ["paid", "not_called", "not_called"])
        self.assertEqual(memberships.mapped("open_elsewhere"), [0, 60, 60])
        self.assertEqual(str(memberships[0].settled_elsewhere_on), "2024-03-12")

    def test_amounts_taken_as_paid_are_shown(self):
        record = self.preview(["Nom;Cotisation 2024", "A;60"])
        self.assertIn("“Cotisation 2024” (60): amounts are taken as paid", record.questions)

    def test_full_columns_that_are_left_out_are_shown(self):
        record = self.preview(["Nom;Couleur;Code postal;;Vide", "A;bleu;44000;x;", "B;vert;44100;y;"])
        self.assertIn("Not imported, though full of values: “Couleur” (bleu), “column D” (x).", record.questions)

    def test_nothing_to_ask(self):
        record = self.preview(["Nom;Code postal", "A;44000"])
        self.assertFalse(record.questions)

    def test_correcting_a_column_asks_anew(self):
        record = self.preview(["Nom;Couleur", "A;bleu"])
        record.column_ids.filtered(lambda column: column.header == "Couleur").target = "notes"
        record.action_preview()
        self.assertFalse(record.questions)

    def test_a_file_without_headers_loses_no_line(self):
        record = self.preview(["LES AMIS;44000;NANTES", "LE PORT;44100;NANTES"])
        self.assertIn("No line of headers was found", record.questions)
        self.assertEqual(record.column_ids.mapped("target"), [False, "zip", "city"])
        record.column_ids[0].target = "name"
        record.action_preview()
        self.assertEqual(record.line_ids.mapped("name"), ["LES AMIS", "LE PORT"])

    def test_damaged_accents_are_told(self):
        good = "".join(f"Éducation n°{number};44000\n" for number in range(9)).encode()
        record = self.preview(b"Nom;Code postal\n" + good + "Café;44000\n".encode("cp1252"))
        self.assertIn("Lines in another encoding than the rest of the file: 11", record.questions)
        self.assertEqual(record.line_ids[0].name, "Éducation n°0")

    def test_rounded_siret(self):
        record = self.preview(["Nom;SIRET", "A;91034900000000"])
        self.assertIn("was rounded by a spreadsheet", record.line_ids.message)

    def test_a_dissolved_body_of_the_directory_is_left_out(self):
        record = self.preview((SMALL_FILE.parent / "import_rna.csv").read_bytes())
        self.assertEqual(record.line_ids.mapped("status"), ["create", "skipped", "create"])
        self.assertEqual(record.line_ids[0].values["rna"], "W442009991")

    def test_an_upload_that_is_too_large_is_not_stored(self):
        with self.assertRaisesRegex(UserError, "larger than 30 MB"):
            self.make_import(b"x" * 31 * 1024 * 1024)
