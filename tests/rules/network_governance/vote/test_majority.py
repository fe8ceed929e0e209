"""Majorities: the textbook's traps, case by case, and laws."""

import unittest
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from network_governance.calculation.vote.majority import (
    BASES,
    Count,
    Rule,
    decide,
    decide_each,
    decide_weighted,
    needed,
)

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
RELATIVE, EXPRESSED, CAST = Rule("relative"), Rule("expressed"), Rule("cast")
PRESENT, ALL = Rule("present"), Rule("all")


def at_least(base, share):
    return Rule(base, share, False)


class TestMajority(unittest.TestCase):
    def test_cases(self):
        for name, rule, count, adopted, least in (
            # (yes, no, blank, abstain, present, all)
            ("relative", RELATIVE, (3, 2, 10, 5, 20, 40), True, 3),
            ("relative, tie", RELATIVE, (3, 3, 0, 0, 6, 6), False, 4),
            ("relative, nobody against", RELATIVE, (1, 0, 0, 9, 10, 10), True, 1),
            ("relative, nobody for", RELATIVE, (0, 0, 10, 0, 10, 10), False, 1),
            ("expressed: blanks do not count", EXPRESSED, (5, 4, 3, 0, 12, 12), True, 5),
            ("cast: blanks count", CAST, (5, 4, 3, 0, 12, 12), False, 7),
            ("cast: just enough", CAST, (7, 2, 3, 0, 12, 12), True, 7),
            ("present: abstaining is refusing", PRESENT, (6, 0, 0, 6, 12, 30), False, 7),
            ("present", PRESENT, (7, 0, 0, 5, 12, 30), True, 7),
            ("all: absence is refusing", ALL, (15, 0, 0, 0, 15, 30), False, 16),
            ("all", ALL, (16, 0, 0, 0, 16, 30), True, 16),
            ("half of an odd number", EXPRESSED, (5, 4, 0, 0, 9, 9), True, 5),
            ("half of an even number", EXPRESSED, (5, 5, 0, 0, 10, 10), False, 6),
            ("two thirds of ten", at_least("expressed", TWO_THIRDS), (6, 4, 0, 0, 10, 10), False, 7),
            ("two thirds of ten, reached", at_least("expressed", TWO_THIRDS), (7, 3, 0, 0, 10, 10), True, 7),
            ("two thirds of nine: enough", at_least("expressed", TWO_THIRDS), (6, 3, 0, 0, 9, 9), True, 6),
            ("more than two thirds of nine", Rule("expressed", TWO_THIRDS, True), (6, 3, 0, 0, 9, 9), False, 7),
            ("three quarters of eight", at_least("expressed", THREE_QUARTERS), (6, 2, 0, 0, 8, 8), True, 6),
            ("three quarters of nine", at_least("expressed", THREE_QUARTERS), (6, 3, 0, 0, 9, 9), False, 7),
            ("two thirds of all", at_least("all", TWO_THIRDS), (19, 0, 0, 0, 19, 30), False, 20),
            ("two thirds of those present", at_least("present", TWO_THIRDS), (8, 2, 1, 1, 12, 30), True, 8),
            ("unanimity", at_least("expressed", Fraction(1)), (9, 0, 3, 0, 12, 12), True, 9),
            ("unanimity, one against", at_least("expressed", Fraction(1)), (8, 1, 0, 0, 9, 9), False, 9),
            ("unanimity of those present", at_least("present", Fraction(1)), (9, 0, 0, 1, 10, 10), False, 10),
            ("three fifths", at_least("expressed", Fraction(3, 5)), (6, 4, 0, 0, 10, 10), True, 6),
            ("nobody votes", EXPRESSED, (0, 0, 0, 0, 12, 12), False, 1),
            ("nobody votes, at least a share", at_least("expressed", HALF), (0, 0, 5, 7, 12, 12), False, 1),
            ("one member", EXPRESSED, (1, 0, 0, 0, 1, 1), True, 1),
            ("a third without floats", at_least("expressed", Fraction(1, 3)), (1, 2, 0, 0, 3, 3), True, 1),
        ):
            with self.subTest(name):
                result = decide(rule, Count(*count))
                self.assertEqual((result.adopted, result.needed), (adopted, least))
                self.assertEqual(result.margin, count[0] - least)
                self.assertEqual(adopted, result.margin >= 0)

    def test_the_chairs_voice(self):
        tie = Count(5, 5, 0, 0, 10, 10)
        for rule, count, casting, adopted in (
            (EXPRESSED, tie, "yes", True),
            (EXPRESSED, tie, "no", False),
            (EXPRESSED, tie, None, False),
            (RELATIVE, tie, "yes", True),
            # It breaks a tie; it replaces no majority that is missing.
            (ALL, Count(5, 5, 0, 0, 10, 30), "yes", False),
            (at_least("expressed", TWO_THIRDS), tie, "yes", False),
            (EXPRESSED, Count(4, 5, 0, 0, 9, 9), "yes", False),
            (RELATIVE, Count(0, 0, 4, 0, 4, 4), "yes", False),
        ):
            with self.subTest(rule=rule, count=count, casting=casting):
                self.assertEqual(decide(rule, count, casting).adopted, adopted)
        self.assertTrue(decide(EXPRESSED, tie).tie)

    def test_each_college(self):
        big, small, veto = Count(90, 10, 0, 0, 100, 100), Count(3, 2, 0, 0, 5, 5), Count(2, 3, 0, 0, 5, 5)
        for counts, adopted in (
            ({"a": big, "b": small}, True),
            ({"a": big, "b": veto}, False),
            ({"a": big, "b": Count()}, True),
            ({"a": big, "b": Count(0, 0, 0, 0, 0, 4)}, False),
            ({}, False),
        ):
            with self.subTest(counts):
                self.assertEqual(decide_each(EXPRESSED, counts)[0], adopted)

    def test_weighted_colleges(self):
        for name, rule, counts, weights, adopted, share in (
            (
                "small college, large weight",
                EXPRESSED,
                {"a": (90, 10), "b": (0, 5)},
                {"a": 40, "b": 60},
                False,
                (36, 100),
            ),
            ("half is not more than half", EXPRESSED, {"a": (1, 0), "b": (0, 1)}, {"a": 1, "b": 1}, False, (1, 2)),
            ("at least half", at_least("expressed", HALF), {"a": (1, 0), "b": (0, 1)}, {"a": 1, "b": 1}, True, (1, 2)),
            ("a college that casts nothing", EXPRESSED, {"a": (2, 1), "b": (0, 0)}, {"a": 1, "b": 9}, True, (2, 3)),
            ("nobody", EXPRESSED, {"a": (0, 0)}, {"a": 1}, False, (0, 1)),
            (
                "two thirds",
                at_least("expressed", TWO_THIRDS),
                {"a": (3, 1), "b": (1, 1)},
                {"a": 2, "b": 1},
                True,
                (2, 3),
            ),
        ):
            with self.subTest(name):
                counts = {college: Count(*voices, 0, 0, sum(voices), sum(voices)) for college, voices in counts.items()}
                found, part, _share = decide_weighted(rule, counts, weights)
                self.assertEqual((found, part), (adopted, Fraction(*share)))


SHARES = st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=12)
RULES = st.builds(Rule, st.sampled_from(BASES), SHARES, st.booleans())


@st.composite
def counts(draw):
    """Return a vote that can have happened."""
    yes, no, blank, abstain = (draw(st.integers(0, 60)) for _part in range(4))
    present = yes + no + blank + abstain
    return Count(yes, no, blank, abstain, present, present + draw(st.integers(0, 60)))


class TestMajorityLaws(unittest.TestCase):
    @settings(deadline=None, max_examples=300)
    @given(RULES, counts())
    def test_one_more_for_never_loses(self, rule, count):
        before = decide(rule, count)
        for other in ("no", "blank", "abstain"):
            if getattr(count, other):
                after = decide(rule, count._replace(yes=count.yes + 1, **{other: getattr(count, other) - 1}))
                self.assertGreaterEqual(after.adopted, before.adopted)
        arrived = count._replace(yes=count.yes + 1, present=count.present + 1, all=count.all + 1)
        self.assertGreaterEqual(decide(rule, arrived).adopted, before.adopted)

    @settings(deadline=None, max_examples=200)
    @given(RULES, counts())
    def test_the_margin_is_what_it_says(self, rule, count):
        result = decide(rule, count)
        self.assertEqual(result.adopted, result.yes >= result.needed)
        self.assertGreaterEqual(needed(rule, count), 1)

    @settings(deadline=None, max_examples=100)
    @given(RULES.filter(lambda rule: rule.base != "relative"), st.integers(1, 60), counts())
    def test_one_college_alone_is_the_whole(self, rule, weight, count):
        part, whole = decide_weighted(rule, {"a": count}, {"a": weight})[0], decide(rule, count).adopted
        self.assertEqual(part, whole)
        self.assertEqual(decide_each(rule, {"a": count})[0], whole if count.all else False)
