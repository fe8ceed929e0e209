"""The tree of territories: what is delivered, how it is found, what it refuses, who may change it."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import convert_file, mute_logger
from psycopg2.errors import UniqueViolation

from ...calculation.register.postcodes import department_code

MODULE = "coup_de_pousse_membership"


@tagged("post_install", "-at_install")
class TestTerritory(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Territory = cls.env["association.territory"]
        cls.loire_atlantique = cls.env.ref(f"{MODULE}.territory_department_44")
        cls.pays_de_la_loire = cls.env.ref(f"{MODULE}.territory_region_52")
        cls.abroad = cls.env.ref(f"{MODULE}.territory_abroad")

    def _data(self):
        return self.env["ir.model.data"].search([("module", "=", MODULE), ("model", "=", "association.territory")])

    def _delivered(self, kind):
        territories = self.Territory.browse(self._data().mapped("res_id"))
        return territories.filtered(lambda territory: territory.kind == kind)

    def _find(self, territories, postcodes):
        codes = {postcode: department_code(postcode) for postcode in postcodes}
        found = territories._find_by_code(codes.values())
        return {postcode: found.get(code, self.Territory) for postcode, code in codes.items()}

    def test_data_is_complete(self):
        regions, departments = self._delivered("region"), self._delivered("department")
        self.assertEqual(len(regions), 18)
        metropolitan = {f"{number:02}" for number in range(1, 96)} - {"20"}
        overseas = {"971", "972", "973", "974", "976"}
        self.assertEqual(set(departments.mapped("code")), metropolitan | {"2A", "2B"} | overseas)
        self.assertEqual(len(departments), 101)
        self.assertEqual(departments.parent_id, regions)
        self.assertEqual(len(self._delivered("collectivity")), 6)

    def test_every_department_is_in_metropolitan_france_or_overseas(self):
        overseas = self.env.ref(f"{MODULE}.territory_area_overseas")
        metropole = self.env.ref(f"{MODULE}.territory_area_metropole")
        departments = self._delivered("department")
        far = departments.filtered(lambda department: department._is_inside(overseas))
        self.assertEqual(set(far.mapped("code")), {"971", "972", "973", "974", "976"})
        near = departments.filtered(lambda department: department._is_inside(metropole))
        self.assertEqual(len(near), 96)
        collectivities = self._delivered("collectivity")
        self.assertEqual(collectivities.parent_id, overseas)

    def test_every_department_is_proposed_by_its_postcodes(self):
        """Each code delivered is one that postcodes lead to, and the other way round."""
        codes = {department_code(f"{number:05}") for number in range(100_000)} - {None}
        delivered = self._delivered("department") | self._delivered("collectivity")
        self.assertEqual(codes, set(delivered.mapped("code")))

    def test_display_name_tells_namesakes_apart(self):
        names = [
            self.env.ref(f"{MODULE}.territory_{xmlid}").display_name
            for xmlid in ("department_44", "region_04", "department_974", "abroad")
        ]
        self.assertEqual(
            names,
            ["Loire-Atlantique (44)", "La Réunion", "La Réunion (974)", "Étranger"],
        )

    def test_search_by_name_or_code(self):
        for text in ("loire-atl", "44"):
            found = [record_id for record_id, _name in self.Territory.name_search(text)]
            self.assertIn(self.loire_atlantique.id, found)

    def test_find_by_postcode_in_one_query(self):
        postcodes = ["44000", "44 100", "20200", "99999", False, "97150"]
        with self.assertQueryCount(1):
            found = self._find(self.Territory, postcodes)
        self.assertEqual(set(found), set(postcodes))
        self.assertEqual(found["44 100"], self.loire_atlantique)
        self.assertEqual(found["20200"].name, "Haute-Corse")
        self.assertEqual(found["97150"].name, "Saint-Martin")
        self.assertFalse(found["99999"])
        self.assertFalse(found[False])

    def test_archived_department_is_not_proposed(self):
        self.loire_atlantique.active = False
        found = self._find(self.Territory.with_context(active_test=False), ["44000"])
        self.assertFalse(found["44000"])

    def test_kind_and_code_are_unique(self):
        commune = {"name": "Nantes", "kind": "commune", "code": "44109"}
        self.Territory.create(commune)
        # a commune may carry the number of a department, or none at all
        self.Territory.create({"name": "A", "kind": "commune", "code": "44"})
        self.Territory.create([{"name": "B", "kind": "commune", "code": ""}] * 2)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.Territory.create(commune | {"name": "Nantes again", "code": " 44109 "})

    def test_a_territory_does_not_lie_in_itself(self):
        mali = self.Territory.create(
            {
                "name": "Mali",
                "kind": "abroad",
                "code": "ml",
                "parent_id": self.abroad.id,
            }
        )
        self.assertEqual(mali.code, "ML")
        for parent in (mali, self.abroad):
            with self.assertRaisesRegex(ValidationError, "“Étranger” cannot lie in itself"):
                self.abroad.parent_id = parent

    def test_parent_must_be_wider(self):
        ain = self.env.ref(f"{MODULE}.territory_department_01")
        with self.assertRaisesRegex(ValidationError, "Pays de la Loire.*Ain.*Choose a wider"):
            self.pays_de_la_loire.parent_id = ain

    def test_change_of_kind_leaves_no_nonsense_below(self):
        with self.assertRaisesRegex(ValidationError, "cannot lie in"):
            self.pays_de_la_loire.kind = "commune"

    def test_upgrade_keeps_what_users_changed(self):
        self.assertTrue(all(self._data().mapped("noupdate")), "done at installation")
        self._data().noupdate = False
        self.Territory._protect_data()
        self.loire_atlantique.write({"name": "Loire-Inférieure", "active": False})
        convert_file(self.env, MODULE, "data/register/association.territory.csv", {}, mode="update")
        self.assertEqual(self.loire_atlantique.name, "Loire-Inférieure")
        self.assertFalse(self.loire_atlantique.active)

    def test_who_may_change_territories(self):
        user = new_test_user(self.env, "territory_user", groups="base.group_user")
        as_user = self.loire_atlantique.with_user(user)
        self.assertEqual(as_user.name, "Loire-Atlantique")
        self.assertFalse(as_user.has_access("write"))
        with self.assertRaises(AccessError):
            as_user.name = "44"
        with self.assertRaises(AccessError):
            self.Territory.with_user(user).create({"name": "A", "kind": "commune"})
        treasurer = new_test_user(
            self.env,
            "territory_treasurer",
            groups=f"{MODULE}.group_membership_treasurer",
        )
        self.assertFalse(self.loire_atlantique.with_user(treasurer).has_access("write"))
        manager = new_test_user(self.env, "territory_manager", groups=f"{MODULE}.group_membership_manager")
        commune = self.Territory.with_user(manager).create(
            {"name": "Nantes", "kind": "commune", "parent_id": self.loire_atlantique.id}
        )
        commune.name = "Naoned"
        commune.unlink()
