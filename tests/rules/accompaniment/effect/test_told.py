"""What a beneficiary tells of one effect."""

import unittest
from datetime import date

from accompaniment.calculation.effect.told import Told, read


class TestCalculationTold(unittest.TestCase):
    def test_what_is_told(self):
        day, today = date(2018, 6, 28), date(2018, 6, 30)
        for fields, expected in (
            (("", "", "2018-06-28"), (None, None)),
            (("seen", " Chart ", "2018-06-28"), (Told("seen", "Chart", day), None)),
            (("partly", "Chart", "2018-06-30"), (Told("partly", "Chart", today), None)),
            (("not_yet", "", ""), (Told("not_yet", "", None), None)),
            (("not_yet", "Soon", "2018-06-28"), (Told("not_yet", "Soon", day), None)),
            (("seen", "Chart", ""), (None, "day")),
            (("seen", "Chart", "28/06/2018"), (None, "day")),
            (("seen", "Chart", "2018-07-01"), (None, "future")),
            (("not_yet", "", "2018-07-01"), (None, "future")),
            (("seen", "  ", "2018-06-28"), (None, "evidence")),
            (("yes", "Chart", "2018-06-28"), (None, "answer")),
            (("", "Chart", "2018-06-28"), (None, "answer")),
            ((None, None, None), (None, None)),
        ):
            with self.subTest(fields=fields):
                self.assertEqual(read(*fields, today), expected)
