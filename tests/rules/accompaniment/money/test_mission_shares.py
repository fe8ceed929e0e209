"""The price of a mission shared among its co-funders."""

import unittest

from coup_de_pousse_membership.calculation.common.amounts import split_float
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


class TestSplit(unittest.TestCase):
    def test_cases(self):
        for total, weights, expected in (
            (9600, [70, 20, 10], [6720, 1920, 960]),
            (100, [1, 1, 1], [33.34, 33.33, 33.33]),
            (0.01, [1, 1], [0.01, 0]),
            (0, [1, 2], [0, 0]),
            (10, [0, 1], [0, 10]),
        ):
            self.assertEqual(split_float(total, weights), expected)
        self.assertEqual(split_float(10, [1, 2], rounding=1), [3, 7])
        for total, weights in ((-1, [1]), (1, [0]), (1, []), (1, [2, -1])):
            with self.assertRaises(ValueError):
                split_float(total, weights)

    @settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 10**9), st.lists(st.integers(0, 10000), min_size=1, max_size=8).filter(any))
    def test_parts_sum_to_the_cent_and_none_is_a_cent_away(self, cents, weights):
        parts = split_float(cents / 100, weights)
        self.assertEqual(sum(round(part * 100) for part in parts), cents)
        for part, weight in zip(parts, weights, strict=True):
            self.assertLess(abs(part * 100 - cents * weight / sum(weights)), 1 + 1e-3)
