"""The import of members, from a file to what it writes."""

import base64
from pathlib import Path
from unittest import skipUnless

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase, new_test_user

from ...calculation.member_import.member_columns import TARGETS
from ...models.member_import.association_member_import_column import TARGETS as CHOICES
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
    def test_every_target_can_be_chosen(self):
        """What a header may name is what a column may go to."""
        self.assertEqual({key for key, _label in CHOICES}, set(TARGETS))

    def test_small_file(self):
        """A file of grants as published: the one who gives is not the one who joins."""
        before = self.count_all()
        record = self.preview(SMALL_FILE.read_bytes())
        self.assertEqual((record.create_count, record.decide_count), (39, 1), "two bodies of one SIREN are asked")
        record.action_create_undecided()
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
        first = self.preview(SMALL_FILE.read_bytes())
        first.action_create_undecided()
        first.action_import()
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
        record = self.preview(content)
        self.assertLess(record.decide_count, 20)
        record.action_create_undecided()
        record.action_import()
        if record.state == "running":
            with self.enter_registry_test_mode():
                self.env.ref(f"{ADDON}.cron_write_imports").method_direct_trigger()
            self.env.invalidate_all()
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
        self.assertEqual((known.name, known.city), ("Association Le Phare", "Rezé"), "a doubt renames nobody")
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
