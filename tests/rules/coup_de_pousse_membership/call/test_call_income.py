"""The income of a call once a part of it is paid."""

from decimal import Decimal
from unittest import TestCase

from coup_de_pousse_membership.calculation.call.income import recognised
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = [
    # amounts, paid, total, income so far
    ([100], 0, 100, ["0.00"]),
    ([100], 40, 100, ["40.00"]),
    ([100], 100, 100, ["100.00"]),
    ([100], 130, 100, ["100.00"]),  # overpaid: no more income than what was called
    ([100, 50], 75, 150, ["50.00", "25.00"]),
    ([100], 60, 120, ["50.00"]),  # 20 of tax are not income
    (["33.33", "33.33", "33.34"], 10, 100, ["3.33", "3.33", "3.33"]),
    ([-100], 40, 100, ["-40.00"]),  # a call's lines are credits
    ([100], 0, 0, ["0"]),
]


class TestIncome(TestCase):
    def test_cases(self):
        for amounts, paid, total, expected in CASES:
            with self.subTest(amounts=amounts, paid=paid):
                self.assertEqual(
                    recognised([Decimal(a) for a in amounts], paid, total),
                    [Decimal(e) for e in expected],
                )

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(st.decimals("0.01", 10**6, places=2), min_size=1, max_size=6),
        st.lists(st.decimals("0.01", 10**6, places=2), min_size=1, max_size=6),
    )
    def test_grows_with_payments_and_ends_at_the_whole(self, amounts, payments):
        total = sum(amounts)
        paid, before = Decimal(0), recognised(amounts, 0, total)
        for payment in payments:
            paid += payment
            now = recognised(amounts, paid, total)
            for earlier, later, amount in zip(before, now, amounts, strict=True):
                self.assertLessEqual(earlier, later)
                self.assertLessEqual(later, amount)
            before = now
        self.assertEqual(recognised(amounts, total, total), amounts)
