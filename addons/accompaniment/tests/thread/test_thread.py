"""The thread of a mission on screen and on paper."""

from freezegun import freeze_time
from lxml import etree
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ...calculation.thread.thread import PAPER
from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestThread(AccompanimentCommon, HttpCase):
    def make_thread(self, length):
        mission = self.make_mission(stake_ids=[Command.create({"name": "Governance"})])
        for index in range(length):
            workshop = mission.workshop_ids.create(
                {"mission_id": mission.id, "name": f"W{index}", "start": "2017-05-11 08:00:00"}
            )
            mission.finding_ids.create(
                {
                    "mission_id": mission.id,
                    "name": f"F{index}",
                    "stake_id": mission.stake_ids.id,
                    "workshop_ids": [Command.link(workshop.id)],
                }
            )
            action = mission.commitment_ids.create(
                {"mission_id": mission.id, "name": f"A{index}", "workshop_id": workshop.id}
            )
            mission.effect_ids.create(
                {"mission_id": mission.id, "name": f"E{index}", "commitment_ids": [Command.link(action.id)]}
            )
            self.assertEqual(workshop.finding_ids.mapped("name"), [f"F{index}"], "answered there")
        return mission

    def test_one_link_removed_is_flagged(self):
        mission = self.make_thread(1)
        self.assertEqual([orphan["name"] for orphan in mission.get_thread()["orphans"]], ["not_observed"])
        review = self.env["accompaniment.review"].create({"mission_id": mission.id, "months": 6})
        review.action_propose()
        review.answer_ids.answer = "not_yet"
        thread = mission.get_thread()
        self.assertEqual((thread["orphans"], len(thread["boxes"]), len(thread["curves"])), ([], 4, 3))
        mission.commitment_ids.workshop_id = False
        self.assertEqual(
            [(orphan["name"], orphan["count"]) for orphan in mission.get_thread()["orphans"]],
            [("no_action", 1), ("no_finding", 1)],
        )
        mission.commitment_ids.finding_ids = mission.finding_ids
        self.assertFalse(mission.get_thread()["orphans"])

    def test_an_effect_is_red_once_a_review_was_due_and_not_before(self):
        mission = self.make_thread(1)
        problem = lambda: [orphan["name"] for orphan in mission.get_thread()["orphans"]]  # noqa: E731 (short)
        for day, expected in (("2017-12-29", []), ("2017-12-30", ["not_observed"])):
            with freeze_time(f"{day} 12:00:00"):
                self.assertEqual(problem(), expected, "the first review is six months after the end")
        mission.date_to = False
        self.assertEqual(problem(), [], "no end is known")
        mission.action_start()
        mission.action_close()
        self.assertEqual(problem(), [], "closed today")
        mission.review_ids.filtered(lambda review: review.months == 6).action_propose()
        self.assertEqual(problem(), ["not_observed"], "asked for before its day")

    def test_a_long_thread_is_printed_on_pages(self):
        mission = self.make_thread(1)
        self.assertEqual(len(mission._get_thread_pages()["pages"]), 1)
        mission.finding_ids = [
            Command.create({"name": f"Finding {rank} " + "of those who decide " * 5, "stake_id": mission.stake_ids.id})
            for rank in range(30)
        ]
        thread = mission._get_thread_pages()
        self.assertGreater(len(thread["pages"]), 1)
        for box in thread["boxes"]:
            self.assertEqual(box["y"] // PAPER.page, (box["y"] + box["height"]) // PAPER.page, "on one page")
        self.assertAlmostEqual(sum(height for _top, height in thread["pages"]), thread["height"])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html("accompaniment.report_mission", mission.ids)
        self.assertEqual(html.decode().count("<svg"), len(thread["pages"]))
        self.assertIn("#fbe3e4", html.decode(), "orphans in red")

    def test_what_it_shows_opens_in_a_form_of_its_own(self):
        for box in self.make_thread(1).get_thread()["boxes"]:
            view = self.env["ir.ui.view"].search([("model", "=", box["model"]), ("type", "=", "form")], limit=1)
            self.assertTrue(view, box["model"])
            arch = etree.fromstring(self.env[box["model"]].get_view(view_type="form")["arch"])
            self.assertTrue(arch.xpath("//h1//field[@name='name']"), box["model"])

    def test_only_the_mission_s_own_actions_and_findings_can_be_chosen(self):
        here, there = self.make_thread(1), self.make_thread(1)
        for change in (
            lambda: here.finding_ids.write({"commitment_ids": [Command.link(there.commitment_ids.id)]}),
            lambda: here.workshop_ids.write({"finding_ids": [Command.link(there.finding_ids.id)]}),
            lambda: here.workshop_ids.write({"commitment_ids": [Command.link(there.commitment_ids.id)]}),
            lambda: here.effect_ids.write({"commitment_ids": [Command.link(there.commitment_ids.id)]}),
        ):
            with self.assertRaisesRegex(ValidationError, "another mission"), self.env.cr.savepoint():
                change()
            self.env.invalidate_all()
        for model, field in (("finding", "commitment_ids"), ("effect", "commitment_ids"), ("workshop", "finding_ids")):
            domain = self.env[f"accompaniment.{model}"].fields_get([field])[field]["domain"]
            self.assertIn("[('mission_id', '=', mission_id)]", domain, model)

    def test_readers_see_it_and_outsiders_do_not(self):
        mission = self.make_thread(1)
        for role in ("director", "colleague", "coordinator"):
            self.assertEqual(len(mission.with_user(self.users[role]).get_thread()["boxes"]), 4)
        with self.assertRaises(AccessError):
            mission.with_user(self.users["outsider"]).get_thread()

    def test_a_long_thread_costs_as_many_queries_as_a_short_one(self):
        counts = []
        for mission in (self.make_thread(1), self.make_thread(6)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mission.get_thread()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_the_thread_on_screen_then_one_link_removed(self):
        mission = self.make_thread(1)
        review = self.env["accompaniment.review"].create({"mission_id": mission.id, "months": 6})
        review.action_propose()
        review.answer_ids.answer = "not_yet"
        self.start_tour(
            f"/odoo/action-accompaniment.action_accompaniment_mission/{mission.id}",
            "accompaniment_thread",
            login="test_accompaniment_adviser",
            timeout=120,
        )
        self.assertFalse(mission.commitment_ids.workshop_id)
