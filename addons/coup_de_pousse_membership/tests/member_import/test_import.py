"""The import of members, from a file to what it writes."""

import base64
import csv
import io
from pathlib import Path
from unittest import skipUnless
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

from ..data.made_files import workbook

ADDON = "coup_de_pousse_membership"
SMALL_FILE = Path(__file__).parents[1] / "data" / "associations.csv"
#: Real organisations: beside the repository, not in it.
REAL_FILE = Path(__file__).parents[5] / "shared" / "data" / "loire_atlantique_2018.csv"


class ImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.users = {
            role: new_test_user(cls.env, f"import_{role}", groups=f"{ADDON}.group_membership_{role}")
            for role in ("office", "treasurer", "director")
        }
        cls.category = cls.env["association.category"].create({"name": "Club", "code": "CLUB"})

    def make_import(self, content, user="office", filename="members.csv", **values):
        """Make an import of a file, given as bytes, or as the lines of a CSV."""
        if not isinstance(content, bytes):
            content = "\n".join(content).encode()
        return (
            self.env["association.member.import"]
            .with_user(self.users[user])
            .create({"file": base64.b64encode(content), "filename": filename, **values})
        )

    def preview(self, content, **values):
        record = self.make_import(content, **values)
        record.action_preview()
        return record

    def imported(self, content, **values):
        record = self.preview(content, **values)
        record.action_import()
        if record.state == "running":
            # A list that long is written in the background.
            with self.enter_registry_test_mode():
                self.env.ref(f"{ADDON}.cron_write_imports").method_direct_trigger()
            self.env.invalidate_all()
        self.assertEqual(record.state, "done", record.notice)
        return record

    def partners(self, name):
        return self.env["res.partner"].with_context(active_test=False).search([("name", "=", name)])

    def count_all(self):
        return [
            self.env[model].with_context(active_test=False).search_count([])
            for model in ("res.partner", "association.member", "association.annual.figures")
        ]

    def statuses(self, record):
        return record.line_ids.mapped("status")


class TestImportWhole(ImportCase):
    def test_small_file(self):
        """A file of grants as published: the one who gives is not the one who joins."""
        before = self.count_all()
        record = self.preview(SMALL_FILE.read_bytes())
        self.assertEqual(record.create_count, 40)
        self.assertEqual(self.count_all(), before, "nothing is written before confirmation")
        record.action_import()
        partners = record.line_ids.partner_id
        self.assertEqual(len(partners), 40)
        self.assertEqual(len(partners.filtered(lambda p: not p.company_registry)), 2)
        shared = partners.filtered(lambda p: p.name.startswith("FEDERATION DES FOYERS"))
        self.assertEqual(len(shared), 2)
        self.assertEqual(len(set(shared.mapped("company_registry"))), 1)
        self.assertFalse(self.partners("Département d'exemple"))
        self.assertTrue(all(partners.mapped("is_company")))
        self.assertEqual(partners.country_id.code, "FR")
        self.assertEqual(len(record.line_ids.member_id), 40)
        self.assertEqual((record.imported_by, bool(record.imported_on)), (self.users["office"], True))

    def test_second_import_changes_nothing(self):
        self.imported(SMALL_FILE.read_bytes())
        before = self.count_all()
        record = self.imported(SMALL_FILE.read_bytes())
        self.assertEqual(record.unchanged_count, 40)
        self.assertEqual(self.count_all(), before)
        self.assertEqual(len(record.line_ids.member_id), 40)

    def test_every_target(self):
        header = (
            "Nom;SIREN;SIRET;RNA;Forme juridique;Date de création;Adresse;Complément d'adresse;CP;Ville;Pays;"
            "Courriel;Téléphone;Site web;Secteur;Catégorie;Date d'adhésion;Budget 2024;Chiffre d'affaires;ETP;"
            "Bénévoles;Adhérents;Nombre de sites;Habitants;Remarques;Référence"
        )
        row = (
            "Le Phare;732829320;73282932000074;W442000001;Association;1er mars 1999;1 quai;Bât. A;44000;Nantes;"
            "France;a@phare.fr;0240000000;phare.fr;Education;club;04/05/2019;100 000,00 €;0;2,5;"
            "12;NC;3;;Bon accueil;M-12"
        )
        self.env["res.partner.industry"].create({"name": "Education"})
        content = f"{header}\n{row}".encode("cp1252")
        record = self.imported(content)
        partner = self.partners("Le Phare")
        expected = {
            "company_registry": "73282932000074",
            "rna": "W442000001",
            "legal_form": "association_1901",
            "founded_on": fields.Date.to_date("1999-03-01"),
            "street": "1 quai",
            "street2": "Bât. A",
            "zip": "44000",
            "city": "Nantes",
            "email": "a@phare.fr",
            "phone": "0240000000",
            "website": "http://phare.fr",
            "ref": "M-12",
        }
        for name, value in expected.items():
            self.assertEqual(partner[name], value, name)
        self.assertEqual(partner.country_id.code, "FR")
        self.assertEqual(partner.industry_id.name, "Education")
        self.assertIn("Bon accueil", partner.comment)
        self.assertEqual(partner.territory_id, self.env.ref(f"{ADDON}.territory_department_44"))
        member = record.line_ids.member_id
        self.assertEqual(member.category_id, self.category)
        self.assertEqual(member.since, fields.Date.to_date("2019-05-04"))
        figures = partner.annual_figures_ids
        self.assertEqual((figures.year, figures.source), (2024, "imported"))
        self.assertEqual(figures.budget, 100000)
        self.assertIs(figures.members, False, "NC is missing, which is not 0")
        self.assertIs(figures.inhabitants, False)
        self.assertEqual((figures.turnover, type(figures.turnover)), (0, float))
        self.assertEqual((figures.employees, figures.volunteers, figures.sites), (2.5, 12, 3))
        again = self.imported(content)
        self.assertEqual(self.statuses(again), ["unchanged"], again.line_ids.changes)

    def test_workbook(self):
        content = workbook(
            ["Nos adhérents"],
            [],
            ["Nom", "SIREN", "CP", "Budget 2025", "Adhérent depuis"],
            ["Le Phare", 732829320.0, 44000, 12500.5, 43589],
        )
        record = self.imported(content, filename="members.xlsx")
        partner = record.line_ids.partner_id
        self.assertEqual((partner.company_registry, partner.zip), ("732829320", "44000"))
        self.assertEqual(partner.annual_figures_ids.budget, 12500.5)
        self.assertEqual(record.line_ids.member_id.since, fields.Date.to_date("2019-05-04"))
        self.assertEqual(record.line_ids.number, 4)

    def test_defaults_of_new_members(self):
        record = self.imported(
            ["Nom;Catégorie", "A;", "B;CLUB"],
            category_id=self.env.ref(f"{ADDON}.category_association").id,
            since="2026-01-01",
        )
        members = record.line_ids.member_id
        self.assertEqual(members.mapped("category_id.name")[1], "Club")
        self.assertEqual(members[0].category_id, self.env.ref(f"{ADDON}.category_association"))
        self.assertEqual(set(members.mapped("since")), {fields.Date.to_date("2026-01-01")})
        again = self.preview(["Nom;Catégorie", "A;", "B;CLUB"], since="2020-01-01")
        self.assertEqual(self.statuses(again), ["unchanged"] * 2, "defaults are for new members")

    def test_form_as_the_office_uses_it(self):
        Import = self.env["association.member.import"].with_user(self.users["office"])
        with Form(Import) as form:
            form.file = base64.b64encode(b"Nom;X\nLe Phare;Nantes\n")
        record = form.record
        record.action_preview()
        with Form(record) as form, form.column_ids.edit(1) as column:
            column.target = "city"
        self.assertEqual(record.state, "draft", "columns were corrected: preview again")
        record.action_preview()
        record.action_import()
        self.assertEqual(record.line_ids.partner_id.city, "Nantes")
        self.assertEqual(record.action_view_members()["domain"], [("id", "in", record.line_ids.member_id.ids)])

    @skipUnless(REAL_FILE.exists(), "the real file is not beside the repository")
    def test_real_file(self):
        content = REAL_FILE.read_bytes()
        record = self.imported(content)
        partners = record.line_ids.partner_id
        self.assertEqual(len(partners), 1402)
        self.assertEqual(len(partners.filtered(lambda p: not p.company_registry)), 14)
        self.assertEqual(self.preview(content).unchanged_count, 1402)


class TestImportMatch(ImportCase):
    def test_update_shows_from_and_to(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Le Phare",
                "is_company": True,
                "rna": "W442000001",
                "city": "Nantes",
                "zip": "44000",
            }
        )
        record = self.preview(["Nom;RNA;Ville;CP", "LE PHARE;W442000001;Rezé;44400"])
        line = record.line_ids
        self.assertEqual((line.status, line.partner_id), ("update", partner))
        self.assertEqual(
            line.changes.splitlines(),
            ["Zip: 44000 → 44400", "City: Nantes → Rezé", "New member's file"],
        )
        record.action_import()
        self.assertEqual((partner.name, partner.city), ("Le Phare", "Rezé"))

    def test_empty_cell_erases_nothing(self):
        partner = self.env["res.partner"].create({"name": "Le Phare", "is_company": True, "email": "a@b.fr"})
        self.imported(["Nom;Email", "Le Phare;"])
        self.assertEqual(partner.email, "a@b.fr")

    def test_first_joining_moves_only_earlier(self):
        member = self.imported(["Nom;Adhérent depuis", "A;01/03/2020"]).line_ids.member_id
        record = self.preview(["Nom;Adhérent depuis", "A;01/03/2022"])
        self.assertEqual(self.statuses(record), ["unchanged"])
        self.imported(["Nom;Adhérent depuis", "A;01/03/2018"])
        self.assertEqual(member.since, fields.Date.to_date("2018-03-01"))

    def test_siret_is_not_shortened_to_its_siren(self):
        partner = self.imported(["Nom;SIRET", "A;73282932000074"]).line_ids.partner_id
        self.assertEqual(self.statuses(self.preview(["Nom;SIREN", "A;732829320"])), ["unchanged"])
        self.assertEqual(partner.company_registry, "73282932000074")

    def test_notes_are_added(self):
        partner = self.imported(["Nom;Notes", "A;Premier"]).line_ids.partner_id
        self.imported(["Nom;Notes", "A;Second"])
        self.assertIn("Premier", partner.comment)
        self.assertIn("Second", partner.comment)
        self.assertEqual(self.statuses(self.preview(["Nom;Notes", "A;Premier"])), ["unchanged"])

    def test_figures_of_another_year_are_others(self):
        self.imported(["Nom;Budget", "A;100"], year=2024)
        record = self.imported(["Nom;Budget", "A;200"], year=2025)
        self.assertEqual(
            record.line_ids.partner_id.annual_figures_ids.sorted("year").mapped("budget"),
            [100, 200],
        )
        record = self.imported(["Nom;Budget;Bénévoles", "A;200;3"], year=2025)
        self.assertEqual(record.line_ids.changes, "Volunteers 2025: ∅ → 3")

    def test_other_spelling_is_proposed_never_merged(self):
        self.env["res.partner"].create({"name": "Association Le Phare", "is_company": True})
        record = self.preview(["Nom", "Le Phare"])
        self.assertEqual(self.statuses(record), ["decide"])
        self.assertEqual(record.line_ids.proposed_partner_id.name, "Association Le Phare")
        with self.assertRaisesRegex(UserError, "still to decide"):
            record.action_import()
        record.action_create_undecided()
        self.assertEqual(self.statuses(record), ["create"])
        record.action_import()
        self.assertTrue(self.partners("Le Phare"))
        again = self.preview(["Nom", "Le Phare"])
        self.assertEqual(self.statuses(again), ["unchanged"])

    def test_decisions(self):
        known = self.env["res.partner"].create({"name": "Association Le Phare", "is_company": True, "city": "Nantes"})
        record = self.preview(["Nom;Ville", "Le Phare;Rezé", "Asso Le Phare;Brest", "Sûr;Paris"])
        self.assertEqual(self.statuses(record), ["decide", "decide", "create"])
        first, second, sure = record.line_ids
        first.decision = "use"
        self.assertEqual((first.status, first.partner_id), ("update", known))
        self.assertIn("City: Nantes → Rezé", first.changes)
        with self.assertRaisesRegex(UserError, "line 2 is already about"):
            second.write({"decision": "use", "decision_partner_id": known.id})
        second.decision = "skip"
        with self.assertRaisesRegex(UserError, "nothing to decide"):
            sure.decision = "skip"
        record.action_preview()
        self.assertEqual(self.statuses(record), ["update", "skipped", "create"], "decisions hold")
        record.action_import()
        self.assertEqual(record.state, "done")
        self.assertEqual((known.name, known.city), ("Le Phare", "Rezé"))
        self.assertFalse(self.partners("Asso Le Phare"))

    def test_decision_taken_back(self):
        self.env["res.partner"].create({"name": "Association Le Phare", "is_company": True})
        record = self.preview(["Nom", "Le Phare"])
        record.line_ids.decision = "use"
        record.line_ids.decision = False
        self.assertEqual(self.statuses(record), ["decide"])
        self.assertFalse(record.line_ids.partner_id)

    def test_archived_contact(self):
        partner = self.env["res.partner"].create({"name": "Le Phare", "is_company": True, "active": False})
        record = self.preview(["Nom", "Le Phare"])
        self.assertEqual(self.statuses(record), ["decide"])
        record.line_ids.decision = "use"
        record.action_import()
        self.assertTrue(partner.active)

    def test_another_company_has_its_own_file(self):
        other = self.env["res.company"].create({"name": "Autre réseau", "country_id": self.env.ref("base.fr").id})
        partner = self.imported(["Nom;SIREN", "A;732829320"]).line_ids.partner_id
        user = self.users["office"]
        user.company_ids |= other
        record = (
            self.env["association.member.import"]
            .with_user(user)
            .with_context(allowed_company_ids=other.ids)
            .create({"file": base64.b64encode(b"Nom;SIREN\nA;732829320"), "filename": "x.csv"})
        )
        self.assertEqual(record.company_id, other)
        record.action_preview()
        self.assertEqual(record.line_ids.changes, "New member's file")
        record.action_import()
        self.assertEqual(len(partner.member_ids), 2)


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
                raise ValidationError("no room for C")
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
