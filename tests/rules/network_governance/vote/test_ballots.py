"""Ballots of open votes: split voices, silence, totals of tellers."""

import unittest

from hypothesis import given, settings
from hypothesis import strategies as st
from network_governance.calculation.vote import ballots
from network_governance.calculation.vote.ballots import Ballot, all_but, objection_to_totals, objections, total
from network_governance.calculation.vote.majority import Count

ELECTORATE = {"a": 1, "b": 4, "c": 2}


class TestBallots(unittest.TestCase):
    def test_totals(self):
        for cast, convened, expected in (
            ([], 0, (0, 0, 0, 7, 7, 7)),
            ([], 12, (0, 0, 0, 7, 7, 12)),
            ([("a", {"yes": 1})], 0, (1, 0, 0, 6, 7, 7)),
            ([("b", {"yes": 3, "no": 1})], 0, (3, 1, 0, 3, 7, 7)),
            ([("b", {"yes": 1, "no": 1, "blank": 1})], 0, (1, 1, 1, 4, 7, 7)),
            ([("a", {"no": 1}), ("b", {"blank": 4}), ("c", {"abstain": 2})], 0, (0, 1, 4, 2, 7, 7)),
        ):
            with self.subTest(cast=cast):
                self.assertEqual(total([Ballot(*ballot) for ballot in cast], ELECTORATE, convened), Count(*expected))

    def test_refused(self):
        for cast, expected in (
            ([("b", {"yes": 3, "no": 2})], {"b": ballots.TOO_MANY}),
            ([("b", {"yes": 4})], {}),
            ([("b", {"yes": -1})], {"b": ballots.BELOW_ZERO}),
            ([("z", {"yes": 1})], {"z": ballots.UNKNOWN}),
            ([("a", {"yes": 1}), ("a", {"no": 1})], {"a": ballots.TWICE}),
        ):
            with self.subTest(cast=cast):
                self.assertEqual(objections([Ballot(*ballot) for ballot in cast], ELECTORATE), expected)

    def test_all_but(self):
        cast = all_but(ELECTORATE, "yes", [Ballot("b", {"yes": 1, "no": 3})])
        self.assertEqual(total(cast, ELECTORATE), Count(4, 3, 0, 0, 7, 7))
        self.assertFalse(objections(cast, ELECTORATE))

    def test_totals_of_tellers(self):
        for count, expected in (
            (Count(5, 1, 1, 0, 7, 12), None),
            (Count(5, 1, 0, 0, 7, 12), None),
            (Count(5, 2, 1, 0, 7, 12), ballots.TOO_MANY),
            (Count(-1, 2, 1, 0, 7, 12), ballots.BELOW_ZERO),
        ):
            with self.subTest(count=count):
                self.assertEqual(objection_to_totals(count), expected)

    @settings(deadline=None, max_examples=150)
    @given(st.dictionaries(st.integers(0, 30), st.integers(0, 9), max_size=12), st.data())
    def test_split_voices_sum_to_the_holders(self, electorate, data):
        cast = []
        for elector, voices in electorate.items():
            yes = data.draw(st.integers(0, voices))
            cast.append(Ballot(elector, {"yes": yes, "no": data.draw(st.integers(0, voices - yes))}))
        self.assertFalse(objections(cast, electorate))
        count = total(cast, electorate)
        self.assertEqual(count.yes + count.no + count.blank + count.abstain, sum(electorate.values()))
        self.assertEqual(count, total(list(reversed(cast)), electorate))
