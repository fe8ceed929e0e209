"""Nothing but money received makes "paid": what settled a call, membership by membership."""

from decimal import Decimal
from unittest import TestCase

from coup_de_pousse_membership.calculation.register.settlement import NOBODY, Settlement, share_out
from hypothesis import given, settings
from hypothesis import strategies as st

A, B = 1, 2
BOTH = {A: 120, B: 120}


def money(amount, part=1):
    return Settlement(Decimal(amount), "entry", Decimal(part))


def loss(amount):
    return Settlement(Decimal(amount), "entry")


def note(amount, **named):
    return Settlement(
        Decimal(amount),
        "note",
        named={{"a": A, "b": B, "x": 9, "nobody": NOBODY}[key]: Decimal(value) for key, value in named.items()},
    )


CASES = [
    # settled by, announced: (named, waived, money, written off, open) of A, then of B
    ([], False, (0, 0, 0, 0, 120), (0, 0, 0, 0, 120)),
    ([], True, (0, 0, 120, 0, 0), (0, 0, 120, 0, 0)),
    ([money(240)], False, (0, 0, 120, 0, 0), (0, 0, 120, 0, 0)),
    ([money(100)], False, (0, 0, 50, 0, 70), (0, 0, 50, 0, 70)),
    ([loss(240)], False, (0, 0, 0, 120, 0), (0, 0, 0, 120, 0)),
    ([money(240, 0.5)], False, (0, 0, 60, 60, 0), (0, 0, 60, 60, 0)),
    # a credit note by hand that names B (case 17), and one that names nobody (case 15)
    ([note(120, b=120)], False, (0, 0, 0, 0, 120), (120, 0, 0, 0, 0)),
    ([note(240, nobody=240)], False, (0, 120, 0, 0, 0), (0, 120, 0, 0, 0)),
    ([note(60, nobody=60)], False, (0, 30, 0, 0, 90), (0, 30, 0, 0, 90)),
    ([note(60)], False, (0, 30, 0, 0, 90), (0, 30, 0, 0, 90)),
    ([note(120, b=120), money(120)], False, (0, 0, 120, 0, 0), (120, 0, 0, 0, 0)),
    # half of a note for B is matched here; a note for more than B's share; one of another call
    ([note(60, b=120)], False, (0, 0, 0, 0, 120), (60, 0, 0, 0, 60)),
    ([note(150, b=150)], False, (0, 30, 0, 0, 90), (120, 0, 0, 0, 0)),
    ([note(240, x=240)], False, (0, 0, 0, 120, 0), (0, 0, 0, 120, 0)),
    ([note(100, b=50, nobody=50)], False, (0, 31.58, 0, 0, 88.42), (50, 18.42, 0, 0, 51.58)),
]

cents = st.integers(0, 50_000).map(lambda amount: Decimal(amount) / 100)
keys = st.sampled_from([NOBODY, 1, 2, 3, 4])
entries = st.builds(Settlement, cents, st.just("entry"), st.integers(0, 100).map(lambda part: Decimal(part) / 100))
notes = st.builds(Settlement, cents, st.just("note"), st.just(Decimal(0)), st.dictionaries(keys, cents, max_size=3))


class TestSettlement(TestCase):
    def test_cases(self):
        for settled, announced, *expected in CASES:
            parts = share_out({key: Decimal(amount) for key, amount in BOTH.items()}, settled, announced)
            for key, values in zip((A, B), expected, strict=True):
                with self.subTest(settled=settled, key=key):
                    self.assertEqual(tuple(map(float, parts[key][1:])), values)

    def test_a_discount_that_names_nobody_lowers_all_in_proportion(self):
        parts = share_out({A: Decimal(90), B: Decimal(30), NOBODY: Decimal(-12)}, [money(108)])
        self.assertEqual([float(parts[key].money) for key in (A, B)], [81, 27])

    @settings(max_examples=300, deadline=None)
    @given(st.dictionaries(keys, cents, min_size=1), st.lists(st.one_of(entries, notes), max_size=5), st.booleans())
    def test_parts_sum_to_the_total(self, charged, settled, announced):
        parts = share_out(charged, settled, announced)
        total = sum(charged.values())
        self.assertEqual(sum(part.share for part in parts.values()), total)
        for key, part in parts.items():
            self.assertEqual(part.share, charged[key])
            self.assertEqual(sum(part[1:]), part.share)
            self.assertTrue(all(amount >= 0 for amount in part), part)
        matched = sum(one.amount for one in settled)
        left = sum(part.open for part in parts.values())
        self.assertEqual(left, 0 if announced else max(total - matched, 0))

    @settings(max_examples=300, deadline=None)
    @given(
        st.dictionaries(keys, cents, min_size=1),
        st.lists(st.one_of(entries, notes), min_size=2, max_size=5).flatmap(
            lambda settled: st.tuples(st.just(settled), st.permutations(settled))
        ),
    )
    def test_the_order_does_not_matter(self, charged, orders):
        first, second = (share_out(charged, order) for order in orders)
        self.assertEqual(first, second)

    @settings(max_examples=200, deadline=None)
    @given(st.dictionaries(keys, cents, min_size=1), st.lists(st.one_of(entries, notes), max_size=5))
    def test_nothing_is_paid_without_money(self, charged, settled):
        without = [one for one in settled if one.kind == "note" or not one.money]
        self.assertFalse(any(part.money for part in share_out(charged, without).values()))
