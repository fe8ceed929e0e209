"""The thread of a mission on screen and on paper."""

from odoo.exceptions import AccessError
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
