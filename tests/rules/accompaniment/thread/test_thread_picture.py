"""The thread from finding to effect: what hangs loose, and where it is drawn."""

import itertools
import unittest

from accompaniment.calculation.thread.thread import COLUMNS, PAPER, SCREEN, ThreadNode, find_orphans, picture
from hypothesis import given, settings
from hypothesis import strategies as st

F, W, A, E = ("finding", 1), ("workshop", 1), ("action", 1), ("effect", 1)
NODES = [
    ThreadNode("finding", 1, "f"),
    ThreadNode("workshop", 1, "w"),
    ThreadNode("action", 1, "a"),
    ThreadNode("effect", 1, "e", True),
]


class TestThreadCalculation(unittest.TestCase):
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
        unseen = [*NODES[:3], ThreadNode("effect", 1, "e")]
        self.assertEqual(find_orphans(unseen, cases[0][0]), {E: "not_observed"})

    def test_no_box_covers_another_and_curves_join_them(self):
        nodes = [ThreadNode("finding", i, "A rather long finding about governance " * (i % 4)) for i in range(9)]
        drawing = picture([*nodes, *NODES[2:]], [(("finding", 3), A), (A, E), (A, ("effect", 99))])
        column = [box for box in drawing["boxes"] if box["column"] == "finding"]
        for above, below in itertools.pairwise(column):
            self.assertLess(above["y"] + above["height"], below["y"])
        self.assertEqual(len(drawing["curves"]), 2, "a link to what is not shown is not drawn")
        self.assertTrue(all(box["y"] + box["height"] <= drawing["height"] for box in drawing["boxes"]))
        self.assertTrue(all(len(box["lines"]) <= 4 for box in drawing["boxes"]))

    def test_what_is_linked_stands_side_by_side(self):
        nodes = [ThreadNode(column, rank, "x") for column in COLUMNS for rank in range(3)]
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
        nodes = [ThreadNode(column, rank, name) for rank, (column, name) in enumerate(names)]
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
