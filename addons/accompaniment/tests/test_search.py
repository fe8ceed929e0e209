"""How people find missions."""

from datetime import datetime

from lxml import etree
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestSearch(AccompanimentCommon):
    """How people find missions: filters, groups, the contact, the calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission()
        cls.adviser = cls.users["adviser"]

    def search_view(self, model):
        arch = self.env[model].with_user(self.adviser).get_view(view_type="search")["arch"]
        return etree.fromstring(arch)

    def test_missions_are_found_by_territory_sector_size_scheme_and_year(self):
        other = self.make_mission(name="Other", date_from="2019-01-01", date_to="2019-02-01", partner_id=self.region.id)
        region = self.env["association.territory"].create({"name": "Wide", "kind": "region"})
        territory = self.env["association.territory"].create(
            {"name": "Narrow", "kind": "department", "parent_id": region.id}
        )
        self.mission.write(
            {"territory_id": territory.id, "industry_id": self.env["res.partner.industry"].create({"name": "Care"}).id}
        )
        self.mission.size, other.size = "3", "50"
        view = self.search_view("accompaniment.mission")
        fields = {node.get("name"): node.get("operator") for node in view.findall("field")}
        self.assertLessEqual(
            {"territory_id", "industry_id", "size", "scheme_id", "theme_ids", "referent_id"}, set(fields)
        )
        Mission = self.env["accompaniment.mission"].with_user(self.adviser)
        self.assertEqual(Mission.search([("territory_id", fields["territory_id"], region.id)]), self.mission)
        self.assertEqual(Mission.search([("industry_id", "ilike", "Care")]), self.mission)
        groups = {
            node.get("name"): safe_eval(node.get("context"))["group_by"]
            for node in view.iter("filter")
            if node.get("context")
        }
        for name in ("territory", "industry", "size", "scheme", "year"):
            found = Mission.formatted_read_group(
                [("id", "in", (self.mission | other).ids)], [groups[f"group_{name}"]], ["__count"]
            )
            self.assertEqual([group["__count"] for group in found], [2] if name == "scheme" else [1, 1], name)
        years = view.find(".//filter[@date='date_from']")
        self.assertLessEqual(int(years.get("start_year")), -9, "a mission of 2017 is found by its year")

    def test_every_filter_of_the_search_views_works(self):
        for model in ("accompaniment.mission", "accompaniment.workshop", "accompaniment.effect"):
            for node in self.search_view(model).iter("filter"):
                with self.subTest(model=model, filter=node.get("name")):
                    if node.get("domain"):
                        self.env[model].search(safe_eval(node.get("domain"), {"uid": self.adviser.id}))
                    elif node.get("context"):
                        group = safe_eval(node.get("context"))["group_by"]
                        self.env[model].formatted_read_group([], [group], ["__count"])

    def test_missions_of_a_contact(self):
        self.mission.action_start()
        self.mission.action_close()
        for role in ("adviser", "coordinator", "director"):
            partner = self.lianes.with_user(self.users[role])
            self.assertEqual(partner.accompaniment_mission_count, 1)
            action = partner.action_view_accompaniment_missions()
            self.assertEqual(self.env[action["res_model"]].search(action["domain"]), self.mission)
            self.assertNotIn("search_default_open", action["context"], "those that are closed too")
        self.assertEqual(self.region.accompaniment_mission_count, 0)
        self.assertNotIn("accompaniment_mission_count", self.lianes.with_user(self.users["outsider"]).fields_get())

    def test_the_calendar_says_for_whom(self):
        track = self.env["accompaniment.track"].create({"mission_id": self.mission.id, "name": "North"})
        workshop = self.env["accompaniment.workshop"].create(
            {
                "mission_id": self.mission.id,
                "name": "Workshop of the future: critique",
                "step": "Critique",
                "start": datetime(2017, 4, 27, 8),
                "track_id": track.id,
            }
        )
        action = self.env.ref("accompaniment.action_accompaniment_workshop_calendar")
        shown = workshop.with_context(**safe_eval(action.context))
        self.assertEqual(shown.display_name, "Critique – North – Lianes coopération")
        self.assertIn("2017", workshop.display_name)

    def test_an_effect_opens_its_mission(self):
        effect = self.env["accompaniment.effect"].create({"mission_id": self.mission.id, "name": "Trust"})
        action = effect.with_user(self.users["director"]).action_open_mission()
        self.assertEqual((action["res_model"], action["res_id"]), ("accompaniment.mission", self.mission.id))
