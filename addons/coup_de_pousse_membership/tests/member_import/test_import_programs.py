"""Lists of persons, and the exports of other programs: made-up files with their real headers."""

from odoo import fields

from ..data.made_files import export_of
from .test_import import ImportCase
from .test_import_files import SIREN


class TestImportPrograms(ImportCase):
    def read_line(self, record, number):
        return record.line_ids.filtered(lambda line: line.number == number)

    def test_helloasso(self):
        record = self.preview(export_of("helloasso"))
        self.assertIn("HelloAsso export", record.file_description)
        self.assertEqual(self.statuses(record), ["create", "create", "skipped", "create", "joined"])
        self.assertIn("“Statut de la commande” is “Annulé”", self.read_line(record, 4).message)
        record.action_import()
        maelle = self.partners("Maëlle GALERNE")
        self.assertFalse(maelle.is_company)
        self.assertEqual((maelle.city, maelle.email), ("NANTES", "maelle.galerne@exemple.fr"))
        member = maelle.member_ids
        self.assertEqual(member.category_id, self.env.ref("coup_de_pousse_membership.category_individual"))
        self.assertEqual(
            member.membership_ids.sorted("date_from").mapped(lambda m: (m.date_from.year, m.amount, m.payment_state)),
            [(2024, 20, "paid"), (2025, 22, "paid")],
        )
        self.assertEqual(
            member.membership_ids.sorted("date_from")[0].settled_elsewhere_on, fields.Date.to_date("2024-01-12")
        )
        self.assertEqual(self.read_line(record, 6).member_id, member)
        self.assertEqual(self.partners("Anton BREHIER").email, maelle.email, "one payer, two members")
        garden = self.partners("Les Jardins du Quai")
        self.assertTrue(garden.is_company)
        self.assertIn("Yuna PENNEC", garden.comment)
        self.assertFalse(self.partners("Loïs KERVADEC"))
        again = self.preview(export_of("helloasso"))
        self.assertEqual(
            self.statuses(again),
            ["unchanged", "unchanged", "skipped", "unchanged", "joined"],
            again.line_ids.mapped("changes"),
        )

    def test_galette(self):
        record = self.imported(export_of("galette"))
        person, company = record.line_ids.partner_id
        self.assertEqual((person.name, person.is_company, person.ref), ("Erwan TALVEC", False, "12"))
        self.assertEqual(person.phone, "0200000003")
        self.assertIn("06 00 00 00 04", person.comment)
        self.assertEqual(record.line_ids[0].member_id.since, fields.Date.to_date("2015-03-02"))
        self.assertFalse(person.founded_on)
        self.assertEqual((company.name, company.is_company), ("Compagnie du Ressac", True))
        self.assertEqual(company.street2, "Bât. B")
        self.assertIn("Nolwenn LE DU", company.comment)
        self.assertEqual(self.preview(export_of("galette")).unchanged_count, 2)

    def test_dolibarr(self):
        refused = self.read_line(self.preview(export_of("dolibarr")), 4)
        self.assertIn("the category “Structure” is not known", refused.message)
        self.env["association.category"].create([{"name": "Particulier"}, {"name": "Structure"}])
        record = self.imported(export_of("dolibarr"))
        self.assertEqual(self.statuses(record), ["create", "joined", "create"])
        gwen, workshop = record.line_ids.partner_id
        self.assertEqual((gwen.name, gwen.is_company, gwen.phone), ("Gwen ROSMADEC", False, "02 00 00 00 06"))
        periods = gwen.member_ids.membership_ids.sorted("date_from")
        self.assertEqual(
            periods.mapped(lambda m: (str(m.date_from), str(m.date_to), m.amount)),
            [("2023-01-05", "2024-01-04", 15), ("2024-01-05", "2025-01-04", 18)],
        )
        self.assertEqual(set(periods.mapped("state")), {"expired"})
        self.assertEqual((workshop.name, workshop.is_company), ("Atelier des Landes", True))
        self.assertEqual(gwen.member_ids.since, fields.Date.to_date("2019-01-05"))

    def test_paheko(self):
        self.env["association.category"].create({"name": "Membres actifs"})
        record = self.imported(export_of("paheko"))
        people = record.line_ids.partner_id
        self.assertEqual(people.mapped("name"), ["Riwan Le Goascoz", "Azenor Quéré"])
        self.assertEqual(people.mapped("is_company"), [False, False])
        self.assertEqual(people.mapped("ref"), ["101", "102"])
        self.assertEqual(record.line_ids[0].member_id.since, fields.Date.to_date("2021-04-12"))

    def test_program_said_by_hand(self):
        """A file whose headers are not enough to tell, said to be of Galette."""
        lines = ["Titre;Nom;Prénom;Société", "M.;X;Y;"]
        self.assertEqual(self.preview(lines).column_ids[0].target, "name", "as in any list")
        record = self.preview(lines, source="galette")
        self.assertEqual(record.column_ids.mapped("target"), ["civility", "last_name", "first_name", "name"])

    def test_a_list_though_it_looks_like_a_program(self):
        record = self.preview(export_of("paheko"), source="list")
        self.assertNotIn("Paheko", record.file_description)


class TestImportPersons(ImportCase):
    def test_persons_and_organisations_in_one_list(self):
        lines = [
            "Structure;Civilité;Nom;Prénom;Email;SIREN",
            ";M.;DUPONT;Jean;jean@exemple.fr;",
            "Le Phare;Mme;MARTIN;Anne;phare@exemple.fr;",
            f";;COOP DU PORT;;coop@exemple.fr;{SIREN}",
        ]
        record = self.imported(lines)
        person, lighthouse, coop = record.line_ids.partner_id
        self.assertEqual((person.name, person.is_company), ("Jean DUPONT", False))
        self.assertEqual((lighthouse.name, lighthouse.is_company), ("Le Phare", True))
        self.assertIn("Contact : Anne MARTIN", lighthouse.comment)
        self.assertEqual((coop.name, coop.is_company), ("COOP DU PORT", True))
        self.assertEqual(self.preview(lines).unchanged_count, 3)

    def test_names_of_organisations_stay_so(self):
        record = self.preview(["Nom;Ville", "Jean Dupont;Nantes"])
        self.assertNotIn("is_person", record.line_ids.values)

    def test_same_address_and_name(self):
        jean = self.env["res.partner"].create({"name": "DUPONT Jean", "email": "Jean@exemple.fr", "zip": "35000"})
        self.env["res.partner"].create({"name": "Le Phare", "is_company": True, "email": "jean@exemple.fr"})
        lines = ["Nom;Prénom;Email;CP", "DUPONT;Jean;jean@exemple.fr;44000", "DUPONT;Anne;jean@exemple.fr;44000"]
        record = self.preview(lines)
        self.assertEqual(self.statuses(record), ["update", "create"])
        self.assertEqual(record.line_ids[0].partner_id, jean)
        self.assertEqual(record.line_ids[0].changes.splitlines()[:2], ["Zip: 35000 → 44000", "New member's file"])

    def test_another_address_is_to_decide(self):
        self.env["res.partner"].create({"name": "Jean Dupont", "email": "old@exemple.fr", "zip": "44000"})
        record = self.preview(["Nom;Prénom;Email;CP", "DUPONT;Jean;jean@exemple.fr;44000"])
        self.assertEqual(self.statuses(record), ["decide"])
        self.assertIn("another email address or none", record.line_ids.message)

    def test_without_address_the_second_import_changes_nothing(self):
        lines = ["Nom;Prénom;CP", "DUPONT;Jean;44000", "MARTIN;Anne;"]
        self.imported(lines)
        self.assertEqual(self.preview(lines).unchanged_count, 2)

    def test_a_person_is_no_organisation_of_that_name(self):
        self.env["res.partner"].create({"name": "Jean Dupont", "is_company": True, "zip": "44000"})
        record = self.preview(["Nom;Prénom;CP", "Dupont;Jean;44000"])
        self.assertEqual(self.statuses(record), ["create"])
        person = self.imported(["Nom;Prénom;CP", "Dupont;Jean;44000"]).line_ids.partner_id
        self.assertFalse(person.is_company)

    def test_person_or_organisation_said_by_a_column(self):
        lines = ["Nom;Personne physique ou morale", "Le Phare;morale", "Jean Dupont;Personne physique", "X;autre"]
        record = self.preview(lines)
        self.assertEqual(self.statuses(record), ["create", "create", "refused"])
        self.assertEqual([bool((line.values or {}).get("is_person")) for line in record.line_ids[:2]], [False, True])
        self.assertIn("says neither person nor organisation", record.line_ids[2].message)

    def test_category_of_persons(self):
        honorary = self.env.ref("coup_de_pousse_membership.category_honorary")
        record = self.imported(
            ["Structure;Nom;Prénom", "Le Phare;;", ";DUPONT;Jean"],
            category_id=self.category.id,
            person_category_id=honorary.id,
        )
        self.assertEqual(record.line_ids.member_id.mapped("category_id"), self.category | honorary)
