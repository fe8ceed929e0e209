"""The French of the addon."""

from odoo.addons.coup_de_pousse_membership.tests.translation_checks import TranslationChecks
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTranslation(TranslationChecks, TransactionCase):
    ADDON = "network_governance"
    LEAST_TERMS = 400

    def test_menus_and_states_read_in_french(self):
        env = self.env(context={"lang": "fr_FR"})
        menus = {
            "menu_root": "Gouvernance",
            "menu_overview": "À faire",
            "menu_body": "Instances",
            "menu_mandate": "Mandats",
            "menu_seat": "Sièges",
            "menu_representativeness": "Représentativité",
        }
        self.assertEqual({name: env.ref(f"{self.ADDON}.{name}").name for name in menus}, menus)
        roles = env["governance.mandate"]._fields["role"]._description_selection(env)
        self.assertEqual([label for _key, label in roles], ["Titulaire", "Suppléant"])
        functions = env["governance.function"].search([])
        self.assertEqual(functions.mapped("name"), ["Décision", "Animation", "Programmation", "Mise en œuvre"])
