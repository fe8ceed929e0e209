import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import BaseCase, HttpCase, tagged

from ...calculation.thread.thread import COLUMNS, PAPER, SCREEN, Node, find_orphans, picture
from ..common import AccompanimentCommon

F, W, A, E = ("finding", 1), ("workshop", 1), ("action", 1), ("effect", 1)
NODES = [Node("finding", 1, "f"), Node("workshop", 1, "w"), Node("action", 1, "a"), Node("effect", 1, "e", True)]


@tagged("post_install", "-at_install")
class TestThreadCalculation(BaseCase):
    def test_orphans(self):
        cases = [
            ([(F, W), (W, A), (A, E)], {}),
            ([(F, A), (A, E)], {}),
            ([(W, A), (A, E)], {F: "no_action", A: "no_finding"}),
            ([(F, W), (A, E)], {F: "no_action", A: "no_finding"}),
            ([(F, W), (W, A)], {E: "no_cause"}),
            ([], {F: "no_action", A: "no_finding", E: "no_cause"}),
        ]
        for links, expected in cases:
            with self.subTest(links=links):
                self.assertEqual(find_orphans(NODES, links), expected)
        unseen = [*NODES[:3], Node("effect", 1, "e")]
        self.assertEqual(find_orphans(unseen, cases[0][0]), {E: "not_observed"})

    def test_no_box_covers_another_and_curves_join_them(self):
        nodes = [Node("finding", i, "A rather long finding about governance " * (i % 4)) for i in range(9)]
        drawing = picture([*nodes, *NODES[2:]], [(("finding", 3), A), (A, E), (A, ("effect", 99))])
        column = [box for box in drawing["boxes"] if box["column"] == "finding"]
        for above, below in itertools.pairwise(column):
            self.assertLess(above["y"] + above["height"], below["y"])
        self.assertEqual(len(drawing["curves"]), 2, "a link to what is not shown is not drawn")
        self.assertTrue(all(box["y"] + box["height"] <= drawing["height"] for box in drawing["boxes"]))
        self.assertTrue(all(len(box["lines"]) <= 4 for box in drawing["boxes"]))

    def test_what_is_linked_stands_side_by_side(self):
        nodes = [Node(column, rank, "x") for column in COLUMNS for rank in range(3)]
        links = [(("finding", rank), ("workshop", 2 - rank)) for rank in range(3)]
        boxes = {(box["column"], box["id"]): box["y"] for box in picture(nodes, links)["boxes"]}
        for finding, workshop in links:
            self.assertEqual(boxes[finding], boxes[workshop], "no two links cross")

    @settings(max_examples=50, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from(COLUMNS), st.text("ab ", max_size=200)), max_size=40),
        st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=40),
    )
    def test_on_screen_and_on_paper_the_same_is_told(self, names, pairs):
        nodes = [Node(column, rank, name) for rank, (column, name) in enumerate(names)]
        keys = sorted(((node.column, node.id) for node in nodes), key=lambda key: COLUMNS.index(key[0]))
        links = [(keys[a], keys[b]) for a, b in pairs if a < b < len(keys) and keys[a][0] != keys[b][0]]
        screen, paper = picture(nodes, links, SCREEN), picture(nodes, links, PAPER)
        for drawing in (screen, paper):
            self.assertEqual(sorted(box["id"] for box in drawing["boxes"]), sorted(node.id for node in nodes))
            for column in COLUMNS:
                boxes = [box for box in drawing["boxes"] if box["column"] == column]
                for above, below in itertools.pairwise(boxes):
                    self.assertLess(above["y"] + above["height"], below["y"])
            self.assertEqual(len(drawing["curves"]), len(links))
        self.assertEqual(
            {(b["column"], b["id"]): b["problem"] for b in screen["boxes"]},
            {(b["column"], b["id"]): b["problem"] for b in paper["boxes"]},
        )


@tagged("post_install", "-at_install")
class TestThread(AccompanimentCommon, HttpCase):
    def make_thread(self, length):
        mission = self.make_mission(stake_ids=[Command.create({"name": "Governance"})])
        for index in range(length):
            workshop = mission.workshop_ids.create(
                {"mission_id": mission.id, "name": f"W{index}", "start": "2017-05-11 08:00:00"}
            )
            finding = mission.finding_ids.create(
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
            self.assertTrue(finding)
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
