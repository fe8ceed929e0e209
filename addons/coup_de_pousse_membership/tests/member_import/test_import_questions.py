"""What an import asks before it writes: columns that may be meant otherwise, and never a payment that is not proven."""

from odoo.exceptions import AccessError, UserError

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
        record = self.preview(["Nom;Couleur;Code postal;;Vide", "A;bleu;44000;12;", "B;vert;44100;13;"])
        self.assertIn("Not imported, though full of values: “Couleur” (bleu), “column D” (12).", record.questions)

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

    def test_odoos_own_import_stays_away_from_our_models(self):
        for name in (
            "association.member",
            "association.membership",
            "association.campaign",
            "association.member.import",
        ):
            arch = self.env[name].get_view(view_type="list")["arch"]
            self.assertIn('import="0"', arch.split(">")[0], name)
        self.assertNotIn("import=", self.env["res.partner"].get_view(view_type="list")["arch"].split(">")[0])

    def test_a_contact_that_is_merely_alike_keeps_its_name(self):
        self.imported(["Nom;CP;E-mail", "Les Amis du Port;44000;a@example.org"])
        for line, reason in (
            ("ASSO. LES AMIS DU PORT;44000;", "spelled otherwise"),
            ("Les Amis du Ports;44000;", "nearly the same name"),
            ("Le Port en fête;29000;a@example.org", "the same email address"),
        ):
            with self.subTest(line=line):
                record = self.preview(["Nom;CP;E-mail", line])
                self.assertEqual(record.line_ids.status, "decide")
                self.assertIn(reason, record.line_ids.message)
                record.line_ids.action_use()
                self.assertNotIn("Name", record.line_ids.changes or "")
                record.action_import()
                self.assertEqual(record.line_ids.partner_id.name, "Les Amis du Port")
                self.assertFalse(self.partners(line.split(";")[0]))

    def test_a_siren_under_a_new_name_is_to_decide(self):
        self.imported(["Nom;SIREN;Code postal;Ville", "AMICALE DU PORT;732829320;44000;NANTES"])
        head = "Nom;SIREN;Code postal;Ville"
        record = self.preview([head, "LE PORT EN FETE EX AMICALE DU PORT;732829320;44000;NANTES"])
        self.assertEqual(self.statuses(record), ["decide"])
        record.line_ids.action_skip()
        self.assertEqual(self.statuses(record), ["skipped"])
        record.line_ids.action_create()
        self.assertEqual(self.statuses(record), ["create"])

    def test_identical_lines_are_said_once(self):
        record = self.preview(["Nom;CP", *["A;44000"] * 50])
        self.assertEqual((record.create_count, record.refused_count, record.joined_count), (1, 0, 49))
        record.action_import()
        self.assertEqual(len(self.partners("A")), 1)
        self.assertEqual(record.line_ids.partner_id, self.partners("A"))

    def test_an_unknown_word_is_mapped_for_all_its_lines_at_once(self):
        record = self.preview(
            ["Nom;Catégorie;Secteur", "A;Actif;Astrologie", "B;Actif;Astrologie", "C;Club;", "D;Mystère;"]
        )
        self.assertEqual(record.refused_count, 3)
        words = {(word.target, word.word): word for word in record.word_ids}
        self.assertEqual(words["category", "Actif"].line_count, 2)
        words["category", "Actif"].category_id = self.category
        self.assertEqual(record.state, "draft")
        self.assertFalse(words["sector", "Astrologie"]._meaning())
        words["sector", "Astrologie"].is_left_empty = True
        record.action_preview()
        self.assertEqual(self.statuses(record), ["create", "create", "create", "refused"])
        record.action_import()
        self.assertEqual(self.partners("B").member_ids.category_id, self.category)
        with self.assertRaisesRegex(UserError, "stays as a record"):
            words["category", "Mystère"].is_left_empty = True

    def test_a_director_gives_no_meaning_to_words(self):
        record = self.preview(["Nom;Catégorie", "A;Actif"])
        word = record.word_ids.with_user(self.users["director"])
        self.assertEqual(word.word, "Actif")
        with self.assertRaises(AccessError):
            word.is_left_empty = True
