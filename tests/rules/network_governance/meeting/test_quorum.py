"""The quorum at a moment: what is needed, what is there, and how many departures away it is."""

import unittest

from hypothesis import given, settings
from hypothesis import strategies as st
from network_governance.calculation.meeting.quorum import count, departures_until_lost, needed
from network_governance.calculation.meeting.voices import Carried


class TestQuorum(unittest.TestCase):
    def test_what_is_needed(self):
        for kind, value, convened, expected in (
            ("none", 0, 12, 0),
            ("share", 50, 12, 6),
            ("share", 50, 13, 7),
            ("share", 33.33, 12, 4),
            ("share", 66.67, 12, 9),
            ("share", 25, 0, 0),
            ("share", 100, 7, 7),
            ("share", 0.1, 300, 1),
            ("number", 5, 12, 5),
            ("number", 20, 12, 20),
        ):
            with self.subTest(kind=kind, value=value, convened=convened):
                self.assertEqual(needed(kind, value, convened), expected)

    def test_four_numbers(self):
        convened = dict.fromkeys(range(10), 1) | {"big": 5}
        carried = [Carried(1, 1, 1, None), Carried(2, 2, 1, None), Carried(2, 3, 1, 77), Carried(2, "big", 5, 78)]
        for options, expected in (
            ({}, (11, 2, 2, 4, 4, 0, True, 1)),
            ({"represented_count": False}, (11, 2, 2, 2, 4, -2, False, 0)),
            ({"by_voices": True}, (15, 2, 6, 8, 5, 3, True, 1)),
            ({"by_voices": True, "represented_count": False}, (15, 2, 6, 2, 5, -3, False, 0)),
        ):
            with self.subTest(options):
                self.assertEqual(count(convened, carried, "share", 33, **options), expected)
        self.assertEqual(count(convened, carried)[-3:], (4, True, None))

    def test_departures(self):
        for weights, wanted, expected in (
            ([1, 1, 1, 1], 3, 2),
            ([1, 1, 1], 3, 1),
            ([1, 1], 3, 0),
            ([3, 1, 1], 3, 1),
            ([3, 1, 1], 2, 2),
            ([1, 1, 1, 1, 1], 1, 5),
            ([], 0, 0),
        ):
            with self.subTest(weights=weights, wanted=wanted):
                self.assertEqual(departures_until_lost(weights, wanted), expected)

    @settings(deadline=None)
    @given(st.lists(st.integers(0, 6), max_size=12), st.integers(0, 30))
    def test_one_departure_less_keeps_it(self, weights, wanted):
        departures = departures_until_lost(weights, wanted)
        heaviest = sorted(weights, reverse=True)
        if sum(weights) < wanted:
            self.assertEqual(departures, 0)
        elif departures:
            self.assertGreaterEqual(sum(heaviest[departures - 1 :]), wanted)

    @settings(deadline=None)
    @given(st.integers(0, 500), st.integers(1, 100))
    def test_a_larger_share_never_needs_fewer(self, convened, share):
        self.assertLessEqual(needed("share", share, convened), needed("share", share + 1, convened))
        self.assertLessEqual(needed("share", share, convened), convened)
