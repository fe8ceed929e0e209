"""Answers of a survey summed up for a chart."""

import unittest

from accompaniment.calculation.diagnostic.answers import bars, matrix, rate, words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

COUNTS = st.lists(st.tuples(st.text(max_size=3), st.integers(0, 500)), max_size=6)
SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))


class TestCalculationAnswers(unittest.TestCase):
    def test_rates(self):
        self.assertEqual((rate(150, 60), rate(0, 0), rate(10, 10)), (0.4, None, 1))
        for invited, respondents in ((10, 11), (-1, 0), (1, -1)):
            with self.assertRaises(ValueError):
                rate(invited, respondents)

    def test_bars(self):
        self.assertEqual([bar.share for bar in bars([("a", 3), ("b", 0)], 0)], [0, 0])
        self.assertEqual([bar.share for bar in bars([("a", 3), ("b", 2)], 4)], [0.75, 0.5])

    @SETTINGS
    @given(COUNTS, st.integers(0, 500))
    def test_bars_lose_nothing_and_stay_in_the_chart(self, counts, base):
        drawn = bars(counts, base)
        self.assertEqual([(bar.label, bar.count) for bar in drawn], counts)
        self.assertTrue(all(0 <= bar.share <= 1 for bar in drawn))

    @SETTINGS
    @given(COUNTS)
    def test_the_bars_of_a_row_stack_up_to_the_whole(self, counts):
        [row] = matrix([("Training", 7, counts)])
        self.assertEqual((row.label, row.base), ("Training", 7))
        whole = 1 if any(count for _label, count in counts) else 0
        self.assertAlmostEqual(sum(bar.share for bar in row.bars), whole)

    def test_words_are_in_an_order_that_tells_nothing(self):
        self.assertEqual(words(["  Zoo", "", None, "  ", "above", "Above\n"]), ["Above", "above", "Zoo"])
