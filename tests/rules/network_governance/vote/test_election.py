"""Elections: several seats, majorities, ties."""

import unittest
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from network_governance.calculation.vote.election import Candidate, elect, objection
from network_governance.calculation.vote.majority import Count, Rule

OLD, YOUNG = date(1950, 1, 1), date(1990, 1, 1)


class TestElection(unittest.TestCase):
    def test_cases(self):
        absolute = Rule("expressed")
        for name, candidates, seats, rule, tie, elected, tied in (
            ("most voices", [(1, 5), (2, 9), (3, 7)], 2, None, "none", [2, 3], []),
            ("as many as seats", [(1, 5), (2, 9)], 2, None, "none", [2, 1], []),
            ("fewer than seats", [(1, 5)], 3, None, "none", [1], []),
            ("no voice elects nobody", [(1, 5), (2, 0)], 2, None, "none", [1], []),
            ("tie for the last seat", [(1, 9), (2, 5), (3, 5)], 2, None, "none", [1], [2, 3]),
            ("tie that does not matter", [(1, 5), (2, 5), (3, 1)], 2, None, "none", [1, 2], []),
            ("tie of all", [(1, 5), (2, 5)], 1, None, "none", [], [1, 2]),
            ("the eldest", [(1, 5, YOUNG), (2, 5, OLD)], 1, None, "eldest", [2], []),
            ("as old as each other", [(1, 5, OLD), (2, 5, OLD)], 1, None, "eldest", [], [1, 2]),
            ("an unknown age never wins", [(1, 5), (2, 5, YOUNG)], 1, None, "eldest", [2], []),
            ("two unknown ages", [(1, 5), (2, 5)], 1, None, "eldest", [], [1, 2]),
            ("absolute majority of ten", [(1, 6), (2, 4)], 2, absolute, "none", [1], []),
            ("nobody reaches it", [(1, 5), (2, 5)], 1, absolute, "none", [], []),
            ("relative asks for none", [(1, 2), (2, 1)], 1, Rule("relative"), "none", [1], []),
        ):
            with self.subTest(name):
                outcome = elect(
                    [Candidate(*one) for one in candidates], seats, rule, Count(10, 0, 2, 0, 12, 20), tie=tie
                )
                self.assertEqual((outcome.elected, outcome.tied), (elected, tied))

    def test_a_lot_can_be_drawn_again(self):
        candidates = [Candidate(number, 5) for number in range(6)]
        drawn = elect(candidates, 2, tie="lot", seed="4f")
        self.assertEqual(len(drawn.elected), 2)
        self.assertEqual(drawn, elect(candidates[::-1], 2, tie="lot", seed="4f"))
        self.assertGreater(len({tuple(elect(candidates, 2, tie="lot", seed=str(n)).elected) for n in range(20)}), 3)

    def test_refused(self):
        for candidates, seats, voices, expected in (
            ([(1, 5), (2, 5)], 1, 10, None),
            ([(1, 6), (2, 5)], 1, 10, "too_many"),
            ([(1, 10), (2, 10)], 2, 10, None),
            ([(1, 11)], 2, 10, "too_many_for_one"),
            ([(1, -1)], 1, 10, "below_zero"),
        ):
            with self.subTest(candidates=candidates):
                self.assertEqual(objection([Candidate(*one) for one in candidates], seats, voices), expected)

    @settings(deadline=None, max_examples=200)
    @given(
        st.lists(st.integers(0, 8), max_size=10),
        st.integers(1, 4),
        st.sampled_from(("none", "eldest", "lot")),
        st.text(max_size=5),
    )
    def test_laws(self, voices, seats, tie, seed):
        candidates = [Candidate(number, own) for number, own in enumerate(voices)]
        outcome = elect(candidates, seats, tie=tie, seed=seed)
        self.assertLessEqual(len(outcome.elected), seats)
        self.assertFalse(set(outcome.elected) & set(outcome.tied))
        others = set(range(len(voices))) - set(outcome.elected) - set(outcome.tied)
        least = min((voices[one] for one in outcome.elected), default=9)
        self.assertTrue(all(voices[one] <= least for one in others | set(outcome.tied)))
        self.assertEqual(outcome, elect(candidates[::-1], seats, tie=tie, seed=seed))
        if outcome.tied:
            self.assertGreater(len(outcome.elected) + len(outcome.tied), seats)
