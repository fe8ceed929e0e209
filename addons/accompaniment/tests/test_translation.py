"""Everything of accompaniment shows in French."""

from odoo.addons.coup_de_pousse_membership.tests.translation_checks import TranslationChecks
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTranslation(TranslationChecks, TransactionCase):
    ADDON = "accompaniment"

    def test_menus_read_in_french(self):
        names = {
            "menu_root": "Accompagnement",
            "menu_request": "Demandes",
            "menu_mission": "Missions",
            "menu_day": "Journées réalisées",
            "menu_scheme": "Dispositifs",
        }
        user = new_test_user(self.env, "chargee", "accompaniment.group_accompaniment_coordinator", lang="fr_FR")
        env = self.env(user=user, context={"lang": user.lang})
        self.assertEqual({name: env.ref(f"accompaniment.{name}").sudo().name for name in names}, names)
