"""The months of a mission on one picture."""

import unittest
from datetime import date, timedelta

from accompaniment.calculation.thread.timeline import LABEL, ROW, TOP, WIDTH, TimelinePhase, TimelineSession, picture
from hypothesis import given, settings
from hypothesis import strategies as st

DAYS = st.dates(date(2015, 1, 1), date(2019, 12, 31))


class TestTimeline(unittest.TestCase):
    def test_parallel_tracks_and_their_common_time(self):
        phases = [
            TimelinePhase(1, date(2017, 1, 1), date(2017, 1, 31)),
            TimelinePhase(2, date(2017, 2, 1), date(2017, 2, 28)),
        ]
        sessions = [
            TimelineSession(1, date(2017, 1, 10), 7),
            TimelineSession(2, date(2017, 1, 10), 8),
            TimelineSession(3, date(2017, 2, 10), None),
        ]
        drawing = picture(phases, [7, 8], sessions)
        here, there, common = drawing["marks"]
        self.assertEqual(here["x"], there["x"], "side by side")
        self.assertEqual(there["y"] - here["y"], ROW)
        self.assertEqual((common["y"], common["height"]), (here["y"], 2 * ROW), "across both")
        self.assertEqual([row["y"] for row in drawing["rows"]], [TOP + 2 * ROW, TOP + 3 * ROW])
        first, second = drawing["bars"]
        self.assertAlmostEqual(first["x"], LABEL)
        self.assertAlmostEqual(first["x"] + first["width"], second["x"], msg="a phase starts where the other ends")
        self.assertAlmostEqual(second["x"] + second["width"], WIDTH)
        self.assertEqual([month["day"].month for month in drawing["months"]], [1, 2])

    def test_without_tracks_or_without_dates(self):
        drawing = picture([], [], [TimelineSession(1, date(2017, 12, 31), None)])
        self.assertEqual((len(drawing["rows"]), drawing["marks"][0]["height"]), (1, ROW))
        self.assertEqual(picture([], [7, 8], []), {})

    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.tuples(DAYS, st.integers(0, 400)), max_size=5), st.lists(DAYS, min_size=1, max_size=8))
    def test_everything_stands_inside_in_the_order_of_time(self, phases, days):
        phases = [
            TimelinePhase(rank, first, first + timedelta(days=length)) for rank, (first, length) in enumerate(phases)
        ]
        drawing = picture(phases, [1, 2], [TimelineSession(rank, day, None) for rank, day in enumerate(sorted(days))])
        places = [mark["x"] for mark in drawing["marks"]]
        self.assertEqual(places, sorted(places))
        for bar in drawing["bars"]:
            self.assertGreater(bar["width"], 0)
            self.assertGreaterEqual(bar["x"], LABEL)
            self.assertLessEqual(bar["x"] + bar["width"], WIDTH + 1e-6)
        self.assertTrue(all(LABEL < place < WIDTH for place in places))
        self.assertLessEqual(sum(month["named"] for month in drawing["months"]), 12)
