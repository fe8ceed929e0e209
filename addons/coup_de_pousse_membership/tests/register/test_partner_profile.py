"""The contact's profile: numbers, territory, rights."""

from lxml import etree
from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

MODULE = "coup_de_pousse_membership"

SIREN = "552008443"
SIRET = "73282932000074"
LA_POSTE_BRANCH = "35600000049837"
RNA = "W9Z0000001"  # no prefecture gives it: not in anyone's demonstration data


class ProfileCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.france = cls.env.ref("base.fr")
        cls.belgium = cls.env.ref("base.be")
        cls.env.company.country_id = cls.france
        cls.loire_atlantique = cls._territory("department_44")
        cls.ille_et_vilaine = cls._territory("department_35")
        cls.abroad = cls._territory("abroad")
        cls.nantes = cls.env["association.territory"].create(
            {
                "name": "Nantes",
                "kind": "commune",
                "code": "44109",
                "parent_id": cls.loire_atlantique.id,
            }
        )

    @classmethod
    def _territory(cls, name):
        return cls.env.ref(f"{MODULE}.territory_{name}")

    def _organisation(self, **values):
        values = {"name": "Les Amis", "is_company": True} | values
        return self.Partner.create(values)


@tagged("post_install", "-at_install")
class TestPartnerNumbers(ProfileCase):
    def test_numbers_are_stored_without_separators(self):
        partner = self._organisation(company_registry="732 829 320\u00a000074", rna="w 442 001 234")
        self.assertEqual(partner.company_registry, SIRET)
        self.assertEqual(partner.rna, "W442001234")
        partner.write({"company_registry": "552.008.443", "rna": "W44-2001235"})
        self.assertEqual(partner.company_registry, SIREN)
        self.assertEqual(partner.rna, "W442001235")
        partner.write({"company_registry": " ", "rna": ""})
        self.assertFalse(partner.company_registry)
        self.assertFalse(partner.rna)

    def test_each_contact_is_judged_by_its_country(self):
        """One write on several contacts tidies the French ones alone."""
        french = self._organisation(country_id=self.france.id)
        foreign = self._organisation(country_id=self.belgium.id)
        (french | foreign).write({"company_registry": "552.008.443"})
        self.assertEqual(french.company_registry, SIREN)
        self.assertEqual(foreign.company_registry, "552.008.443")
        foreign.country_id = self.france
        self.assertEqual(foreign.company_registry, SIREN)

    def test_possible_numbers_are_accepted(self):
        for number in (SIREN, SIRET, LA_POSTE_BRANCH, False):
            self._organisation(company_registry=number)

    def test_refusal_says_what_where_and_how_to_correct_it(self):
        for number, words in [
            ("552 008 444", "“552008444”.*“Les Amis”.*official directory"),
            ("73282932000079", "732829320, is possible.*00079.*SIREN alone"),
            ("73282932100074", "SIREN 732829321.*nine digits"),
            ("55200844", "8 digits.*9.*14.*leading zero"),
            ("FR55552008443", "“F”, character 1.*tax numbers"),
            ("000000000", "empty until it is known"),
            ("W442001234", "RNA number. Move it"),
        ]:
            with (
                self.subTest(number=number),
                self.assertRaisesRegex(ValidationError, words) as refusal,
            ):
                self._organisation(company_registry=number)
            self.assertIn("is impossible", str(refusal.exception))

    def test_all_refusals_of_a_list_are_said_at_once(self):
        with self.assertRaises(ValidationError) as refusal:
            self.Partner.create(
                [
                    {"name": "One", "company_registry": "552008444"},
                    {"name": "Two", "company_registry": SIREN},
                    {"name": "Three", "company_registry": "12"},
                ]
            )
        message = str(refusal.exception)
        self.assertIn("One", message)
        self.assertNotIn("Two", message)
        self.assertIn("Three", message)

    def test_only_french_numbers_are_judged(self):
        number = "0123.456.78-9"
        for country in ("be", "nc", "pf", "wf", "ch"):
            partner = self._organisation(company_registry=number, country_id=self.env.ref(f"base.{country}").id)
            self.assertEqual(partner.company_registry, number)
        for country in ("fr", "gp", "mq", "gf", "re", "yt", "bl", "mf", "pm"):
            with self.subTest(country=country), self.assertRaises(ValidationError):
                self._organisation(
                    company_registry=number,
                    country_id=self.env.ref(f"base.{country}").id,
                )

    def test_without_country_the_company_decides(self):
        with self.assertRaises(ValidationError):
            self._organisation(company_registry="123")
        self.env.company.country_id = self.belgium
        self._organisation(company_registry="123")

    def test_becoming_french_is_judged(self):
        partner = self._organisation(company_registry="123", country_id=self.belgium.id)
        with self.assertRaisesRegex(ValidationError, "“123”"):
            partner.country_id = self.france

    def test_contacts_inside_do_not_judge_the_copy(self):
        """A number that was there before must not block work on contacts."""
        partner = self._organisation(company_registry="123", country_id=self.belgium.id)
        self.env.cr.execute(
            "UPDATE res_partner SET country_id = %s WHERE id = %s",
            [self.france.id, partner.id],
        )
        partner.invalidate_recordset()
        child = self.Partner.create({"name": "Ada", "parent_id": partner.id})
        self.assertEqual(child.company_registry, "123")
        child.write({"function": "President", "country_id": self.france.id})
        partner.phone = "02 40 00 00 00"

    def test_new_number_reaches_the_contacts(self):
        partner = self._organisation(company_registry=SIREN, child_ids=[(0, 0, {"name": "Ada"})])
        partner.company_registry = "732 829 320 00074"
        self.assertEqual(partner.child_ids.company_registry, SIRET)

    def test_one_siren_may_serve_two_bodies(self):
        partners = self._organisation(company_registry=SIREN)
        partners |= self._organisation(company_registry=SIREN)
        self.assertEqual(partners.mapped("company_registry"), [SIREN, SIREN])

    def test_rna_refusal(self):
        for number, words in [
            ("W44200123", "W44200123.*9 characters instead of 10"),
            ("W44200123O", "“O” cannot be its character 10.*receipt"),
            (SIREN, "it is a SIREN or SIRET"),
        ]:
            with (
                self.subTest(number=number),
                self.assertRaisesRegex(ValidationError, words),
            ):
                self._organisation(rna=number)
        partner = self._organisation(rna="W2A1000001")
        with self.assertRaises(ValidationError):
            partner.rna = "W2C1000001"

    @mute_logger("odoo.sql_db")
    def test_database_refuses_an_rna_of_another_shape(self):
        partner = self._organisation()
        for rna in ("W44200123", "w442001234", "W4420012345", "\nW442001234"):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.env.cr.execute("UPDATE res_partner SET rna = %s WHERE id = %s", [rna, partner.id])

    def test_same_rna_is_a_warning(self):
        first = self._organisation(rna=RNA, active=False)
        second = self._organisation(rna=RNA)
        alone = self._organisation(rna="W9Z0000002")
        partners = first | second | alone | self._organisation()
        self.assertEqual(
            [partner.same_rna_partner_id for partner in partners],
            [second, first, self.Partner, self.Partner],
        )

    def test_label(self):
        self.assertEqual(
            self._organisation(country_id=self.france.id).company_registry_label,
            "SIREN / SIRET",
        )

    def test_founded_in_the_future(self):
        today = fields.Date.context_today(self.Partner)
        partner = self._organisation(founded_on=today)
        with self.assertRaisesRegex(ValidationError, "Les Amis.*Founded on"):
            partner.founded_on = fields.Date.add(today, days=1)


@tagged("post_install", "-at_install")
class TestPartnerTerritory(ProfileCase):
    def test_postcode_proposes(self):
        partner = self._organisation(zip="44000")
        self.assertEqual(partner.territory_id, self.loire_atlantique)
        partner.zip = "35000"
        self.assertEqual(partner.territory_id, self.ille_et_vilaine)

    def test_choice_at_creation_stays(self):
        partner = self._organisation(zip="44000", territory_id=self.ille_et_vilaine.id)
        self.assertEqual(partner.territory_id, self.ille_et_vilaine)

    def test_more_precise_choice_stays(self):
        partner = self._organisation(zip="44000")
        partner.territory_id = self.nantes
        partner.zip = "44300"
        self.assertEqual(partner.territory_id, self.nantes)
        partner.zip = "35000"
        self.assertEqual(partner.territory_id, self.ille_et_vilaine)

    def test_wider_choice_gives_way(self):
        partner = self._organisation(territory_id=self.loire_atlantique.parent_id.id)
        partner.zip = "44000"
        self.assertEqual(partner.territory_id, self.loire_atlantique)

    def test_address_that_says_nothing_changes_nothing(self):
        partner = self._organisation(zip="44000")
        for postcode in (False, "99999", "Nantes"):
            partner.zip = postcode
            self.assertEqual(partner.territory_id, self.loire_atlantique)

    def test_countries(self):
        mali = self.env["association.territory"].create(
            {
                "name": "Mali",
                "kind": "abroad",
                "code": "ML",
                "parent_id": self.abroad.id,
            }
        )
        for country, postcode, territory in [
            ("fr", "44000", self.loire_atlantique),
            ("be", "4400", self.abroad),  # Flémalle, not Alpes-de-Haute-Provence
            ("ml", False, mali),
            ("re", False, self._territory("department_974")),
            ("bl", "97133", self._territory("collectivity_977")),
            ("nc", "98800", self._territory("collectivity_988")),
            ("mc", "98000", self.abroad),
        ]:
            with self.subTest(country=country):
                partner = self._organisation(zip=postcode, country_id=self.env.ref(f"base.{country}").id)
                self.assertEqual(partner.territory_id, territory)

    def test_moving_out_of_france_and_back(self):
        partner = self._organisation(zip="44000", country_id=self.belgium.id)
        self.assertEqual(partner.territory_id, self.abroad)
        partner.write({"country_id": self.france.id, "zip": False})
        self.assertFalse(partner.territory_id)
        partner.zip = "44000"
        self.assertEqual(partner.territory_id, self.loire_atlantique)

    def test_without_country_a_foreign_company_proposes_nothing(self):
        self.env.company.country_id = self.belgium
        self.assertFalse(self._organisation(zip="4400").territory_id)

    def test_contacts_from_before_the_installation(self):
        partner = self._organisation(zip="44000", active=False)
        self.env.cr.execute("UPDATE res_partner SET territory_id = NULL WHERE id = %s", [partner.id])
        self.env.invalidate_all()
        self.Partner._propose_missing_territories()
        self.assertEqual(partner.territory_id, self.loire_atlantique)

    def test_form_proposes_as_one_types(self):
        with Form(self.Partner.with_context(default_is_company=True)) as form:
            form.name = "Les Amis"
            form.zip = "44000"
            self.assertEqual(form.territory_id, self.loire_atlantique)
            form.territory_id = self.nantes
            form.legal_form = "association_1901"
        self.assertEqual(form.record.territory_id, self.nantes)

    def _import(self, count, prefix):
        """Import ``count`` contacts, and return how many queries it took."""
        rows = [[f"{prefix} {number}", "1", f"{44000 + number}", "552 008 443", "base.fr"] for number in range(count)]
        columns = ["name", "is_company", "zip", "company_registry", "country_id/id"]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = self.Partner.load(columns, rows)
        self.env.flush_all()
        self.assertFalse(result["messages"])
        partners = self.Partner.browse(result["ids"])
        self.assertEqual(partners.territory_id, self.loire_atlantique)
        self.assertEqual(set(partners.mapped("company_registry")), {SIREN})
        return self.env.cr.sql_log_count - before

    def test_import_takes_no_query_per_contact(self):
        self._import(2, "warm")
        self.assertEqual(self._import(50, "many"), self._import(5, "few"))

    def test_import_of_500(self):
        self._import(2, "warm")
        few, many = self._import(5, "few"), self._import(500, "many")
        # Odoo inserts and reads in batches of its own: more queries, but not 495 more
        self.assertLess(many - few, 50, f"{few} queries for 5, {many} for 500")

    def test_recomputing_territories_takes_no_query_per_contact(self):
        def queries(count):
            partners = self.Partner.create([{"name": f"C{n}", "zip": f"{44000 + n}"} for n in range(count)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env.add_to_compute(self.Partner._fields["territory_id"], partners)
            partners._recompute_recordset(["territory_id"])
            partners._check_company_registry_number()
            partners.mapped("same_rna_partner_id")
            return self.env.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(50), queries(5))


@tagged("post_install", "-at_install")
class TestPartnerProfileAccess(ProfileCase):
    def test_who_edits_the_profile(self):
        partner = self._organisation(zip="44000", rna=RNA)
        reader = new_test_user(self.env, "profile_reader", groups="base.group_user")
        seen = partner.with_user(reader)
        self.assertEqual(seen.territory_id.display_name, "Loire-Atlantique (44)")
        self.assertFalse(seen.same_rna_partner_id)
        with self.assertRaises(AccessError):
            seen.legal_form = "foundation"
        office = new_test_user(self.env, "profile_office", groups=f"{MODULE}.group_membership_office")
        edited = partner.with_user(office)
        edited.write({"legal_form": "foundation", "zip": "35000"})
        self.assertEqual(partner.territory_id, self.ille_et_vilaine)

    def _registry_fields(self):
        """Return (place, whether it is always hidden) of each number on the form."""
        form = self.env.ref("base.view_partner_form")
        self.env.registry.clear_cache("templates")
        arch = self.Partner.get_view(form.id, "form")["arch"]
        return [
            (field.getparent().get("name"), field.get("invisible") == "1")
            for field in etree.fromstring(arch).iterfind(".//field[@name='company_registry']")
        ]

    def test_number_has_one_place_on_the_form(self):
        """Whether or not l10n_fr shows it in a place of its own."""
        shown = [("organisation_numbers", False)] * 2  # French, and foreign
        l10n_fr = self.env.ref("l10n_fr.view_partner_form_inherit_l10n_fr", False)
        if l10n_fr:
            self.assertEqual(self._registry_fields(), [*shown, ("misc", True)])
            l10n_fr.active = False
        self.assertEqual(self._registry_fields(), shown)

    def test_search_and_list(self):
        partner = self._organisation(zip="44000")
        found = self.Partner.search([("territory_id", "child_of", self.loire_atlantique.parent_id.id)])
        self.assertIn(partner, found)
