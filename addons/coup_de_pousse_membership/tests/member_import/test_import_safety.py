"""An import of members writes all or nothing, what was shown, once, for those who may."""

import base64
import csv
import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .test_import import ADDON, ImportCase


@tagged("post_install", "-at_install")
class TestImportSafety(ImportCase):
    def test_all_or_nothing(self):
        """One line fails while it is written: nothing of the others stays."""
        record = self.preview(["Nom;Budget 2024", "A;1", "B;2", "C;3"])
        before = self.count_all()
        Figures = self.env.registry["association.annual.figures"]
        create = Figures.create

        def fail_on_third(model, vals_list):
            if any(vals["budget"] == 3 for vals in vals_list):
                create(model, [vals for vals in vals_list if vals["budget"] != 3])
                # Nobody reads it in another language.
                raise ValidationError("no room for C")  # pylint: disable=translation-required
            return create(model, vals_list)

        with (
            patch.object(Figures, "create", fail_on_third),
            self.assertRaisesRegex(ValidationError, "no room for C"),
            self.env.cr.savepoint(),
        ):
            record.action_import()
        self.env.invalidate_all()
        self.assertEqual(self.count_all(), before)
        self.assertEqual(record.state, "previewed")
        record.action_import()
        self.assertEqual(self.count_all(), [number + 3 for number in before])

    def test_data_changed_since_the_preview(self):
        record = self.preview(["Nom;Ville", "A;Nantes", "B;Brest"])
        self.env["res.partner"].create({"name": "A", "is_company": True, "city": "Rezé"})
        before = self.count_all()
        record.action_import()
        self.assertEqual(record.state, "previewed")
        self.assertIn("1 lines are no longer the same", record.notice)
        self.assertEqual(self.count_all(), before)
        self.assertEqual(self.statuses(record), ["update", "create"])
        record.action_import()
        self.assertEqual((record.state, record.notice), ("done", False))

    def test_previewed_and_imported_in_two_languages(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.users["treasurer"].lang = "fr_FR"
        self.imported(["Nom;Ville", "B;Brest"])
        record = self.preview(["Nom;Ville", "A;Nantes", "B;Rezé", ";x"])
        record.with_user(self.users["treasurer"]).with_context(lang="fr_FR").action_import()
        self.assertEqual(record.state, "done")

    def test_another_import_takes_previews_back(self):
        first, second = self.preview(["Nom", "A"]), self.preview(["Nom", "A"])
        first.action_import()
        self.assertEqual(second.state, "draft")
        with self.assertRaisesRegex(UserError, "Press “Preview” first"):
            second.action_import()
        second.action_preview()
        self.assertEqual(self.statuses(second), ["unchanged"])

    def test_options_changed_since_the_preview(self):
        record = self.preview(["Nom", "A"])
        record.since = "2020-01-01"
        self.assertEqual((record.state, len(record.line_ids)), ("draft", 0))
        record.action_preview()
        self.assertIn("01/01/2020", record.line_ids.changes)

    def test_new_file_forgets_columns(self):
        record = self.preview(["Nom;X", "A;1"])
        record.file = base64.b64encode(b"Ville;Nom\nNantes;A\n")
        self.assertFalse(record.column_ids)
        record.action_preview()
        self.assertEqual(record.column_ids.mapped("target"), ["city", "name"])

    def test_reset(self):
        record = self.preview(["Nom", "A"])
        record.action_reset()
        self.assertEqual((record.state, len(record.line_ids), len(record.column_ids)), ("draft", 0, 0))
        self.assertTrue(record.file)

    def test_done_stays_as_a_record(self):
        record = self.imported(["Nom", "A"])
        for act, *arguments in (
            (record.action_preview,),
            (record.action_import,),
            (record.action_reset,),
            (record.write, {"file": False}),
            (record.unlink,),
            (record.line_ids.unlink,),
            (record.column_ids.write, {"target": False}),
        ):
            with self.assertRaisesRegex(UserError, "stays as a record"):
                act(*arguments)

    def test_one_column_per_target(self):
        record = self.preview(["Nom;X", "A;1"])
        record.column_ids[1].target = "name"
        with self.assertRaisesRegex(UserError, "“Nom” and “X” both go to “Name”"):
            record.action_preview()

    def test_queries_do_not_grow_with_the_file(self):
        def queries(count):
            lines = [
                "Nom;SIREN;Ville;Budget 2024",
                *(f"Organisation {i} {count};;Nantes;{i}" for i in range(count)),
            ]
            record = self.make_import(lines)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.action_preview()
            self.env.flush_all()
            self.env.invalidate_all()
            previewed = self.env.cr.sql_log_count
            record.action_import()
            self.env.flush_all()
            return previewed - before, self.env.cr.sql_log_count - previewed

        queries(3)
        small, large = queries(10), queries(90)
        self.assertLessEqual(large[0], small[0] + 2)
        self.assertLessEqual(large[1], small[1] + 4)

    def test_rights(self):
        lines = ["Nom", "A"]
        with self.assertRaises(AccessError):
            self.make_import(lines, user="director")
        record = self.preview(lines)
        seen = record.with_user(self.users["director"])
        self.assertEqual(seen.create_count, 1)
        with self.assertRaises(AccessError):
            seen.action_import()
        outsider = new_test_user(self.env, "import_outsider", groups="base.group_user,base.group_partner_manager")
        with self.assertRaises(AccessError):
            record.with_user(outsider).read(["filename"])
        record.with_user(self.users["treasurer"]).action_import()
        self.assertEqual(record.imported_by, self.users["treasurer"])

    def test_other_company_does_not_see_it(self):
        other = self.env["res.company"].create({"name": "Autre réseau"})
        stranger = new_test_user(
            self.env,
            "import_stranger",
            groups=f"{ADDON}.group_membership_office",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        record = self.preview(["Nom", "A"])
        with self.assertRaises(AccessError):
            record.with_user(stranger).read(["filename"])
        with self.assertRaises(AccessError):
            record.line_ids.with_user(stranger).read(["name"])

    def test_refused_lines_come_back(self):
        lines = ["Nom;Référence du dossier;SIREN", "A;007;123456789", "B;1;", ";2;"]
        record = self.preview(lines)
        self.assertEqual((record.refused_count, record.create_count), (2, 1))
        action = record.action_download_refused()
        self.assertEqual(action["type"], "ir.actions.act_url")
        content = base64.b64decode(record.refused_file)
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        self.assertEqual(rows[0][:4], ["Nom", "Référence du dossier", "SIREN", "Refused line"])
        self.assertEqual([row[:4] for row in rows[1:]], [["A", "007", "123456789", "2"], ["", "2", "", "4"]])
        self.assertIn("column “SIREN”", rows[1][4])
        corrected = content.replace(b"123456789", b"308973635").replace(b"\r\n;2", b"\r\nC;2")
        again = self.imported(corrected)
        self.assertEqual(again.create_count, 2)

    def test_no_refused_line_no_file(self):
        with self.assertRaisesRegex(UserError, "nothing to correct"):
            self.preview(["Nom", "A"]).action_download_refused()
