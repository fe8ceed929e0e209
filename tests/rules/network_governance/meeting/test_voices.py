"""Who carries which voices: contingents, proxies and what makes a proxy void."""

import unittest

from hypothesis import given, settings
from hypothesis import strategies as st
from network_governance.calculation.meeting import voices
from network_governance.calculation.meeting.voices import Line, Proxy, carry, voices_by_holder

A, B, C, D = 1, 2, 3, 4


def held(lines, proxies=(), cap=None):
    carried, lost = carry([Line(*line) for line in lines], [Proxy(*proxy) for proxy in proxies], cap)
    return voices_by_holder(carried), lost


class TestVoices(unittest.TestCase):
    def test_cases(self):
        here = [(A, "a", 1, 1), (B, "b", 1, 2), (C, "c", 1), (D, "d", 3)]
        for name, lines, proxies, cap, expected, lost in (
            ("nobody is there", [(A, "a", 1), (B, "b", 1)], [], None, {}, {}),
            ("one's own", here, [], None, {A: 1, B: 1}, {}),
            ("a proxy to someone present", here, [(10, C, A)], None, {A: 2, B: 1}, {}),
            ("a proxy carries all the voices", here, [(10, D, A)], None, {A: 4, B: 1}, {}),
            ("through someone absent", here, [(10, C, D)], None, {A: 1, B: 1}, {10: voices.HOLDER_ABSENT}),
            ("the giver came after all", here, [(10, B, A)], None, {A: 1, B: 1}, {10: voices.GIVER_PRESENT}),
            (
                "given twice: the first holds",
                here,
                [(10, C, A), (11, C, B)],
                None,
                {A: 2, B: 1},
                {11: voices.GIVEN_TWICE},
            ),
            (
                "given twice, the first to someone absent",
                here,
                [(10, C, D), (11, C, B)],
                None,
                {A: 1, B: 2},
                {10: voices.HOLDER_ABSENT},
            ),
            ("to oneself", here, [(10, A, A)], None, {A: 1, B: 1}, {10: voices.SAME_UNIT}),
            ("beyond the cap", here, [(10, C, A), (11, D, A)], 1, {A: 2, B: 1}, {11: voices.OVER_CAP}),
            ("exchanged at the door", here, [(10, C, A), (11, D, B)], 1, {A: 2, B: 4}, {}),
            ("none allowed", here, [(10, C, A)], 0, {A: 1, B: 1}, {10: voices.OVER_CAP}),
            (
                "a holder who left carries nothing on",
                [(A, "a", 1), (B, "b", 1, 1), (C, "c", 1)],
                [(10, C, A)],
                None,
                {B: 1},
                {10: voices.HOLDER_ABSENT},
            ),
            (
                "contingent: the first there carries all",
                [(A, "x", 5, 2), (B, "x", 5, 1), (C, "c", 1, 3)],
                [],
                None,
                {B: 5, C: 1},
                {},
            ),
            ("contingent: whoever is there", [(A, "x", 5), (B, "x", 5, 1)], [], None, {B: 5}, {}),
            (
                "contingent: a proxy while a colleague is there",
                [(A, "x", 5), (B, "x", 5, 1), (C, "c", 1, 2)],
                [(10, A, C)],
                None,
                {B: 5, C: 1},
                {10: voices.GIVER_PRESENT},
            ),
            (
                "contingent: a proxy to a colleague",
                [(A, "x", 5), (B, "x", 5, 1)],
                [(10, A, B)],
                None,
                {B: 5},
                {10: voices.SAME_UNIT},
            ),
            (
                "contingent: two delegates give two proxies",
                [(A, "x", 5), (B, "x", 5), (C, "c", 1, 1), (D, "d", 1, 2)],
                [(10, A, C), (11, B, D)],
                None,
                {C: 6, D: 1},
                {11: voices.GIVEN_TWICE},
            ),
            (
                "a void proxy does not fill the cap",
                here,
                [(10, B, A), (11, C, A)],
                1,
                {A: 2, B: 1},
                {10: voices.GIVER_PRESENT},
            ),
            ("no voice is no voice", [(A, "a", 0, 1), (B, "b", 1, 2)], [], None, {A: 0, B: 1}, {}),
        ):
            with self.subTest(name):
                self.assertEqual(held(lines, proxies, cap), (expected, lost))


def meetings():
    """Return lines and proxies of meetings of up to eight people of up to six units."""
    people = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), st.integers(1, 50))), min_size=1, max_size=8)

    def build(drawn):
        lines = [Line(number, unit, unit + 1, rank) for number, (unit, rank) in enumerate(drawn)]
        ids = st.integers(0, len(lines) - 1)
        return st.tuples(
            st.just(lines), st.lists(st.tuples(ids, ids), max_size=8), st.one_of(st.none(), st.integers(0, 3))
        )

    return people.flatmap(build)


class TestVoicesLaws(unittest.TestCase):
    @settings(deadline=None, max_examples=200)
    @given(meetings())
    def test_no_voice_is_carried_twice_nor_lost_in_silence(self, meeting):
        lines, pairs, cap = meeting
        proxies = [Proxy(number, *pair) for number, pair in enumerate(pairs)]
        carried, lost = carry(lines, proxies, cap)
        self.assertEqual(len({part.unit for part in carried}), len(carried))
        present = {line.id for line in lines if line.rank is not None}
        self.assertLessEqual({part.holder for part in carried}, present)
        self.assertEqual({part.proxy for part in carried} - {None} | set(lost), {proxy.id for proxy in proxies})
        if cap is not None:
            by_proxy = [part.holder for part in carried if part.proxy is not None]
            self.assertTrue(all(by_proxy.count(holder) <= cap for holder in by_proxy))

    @settings(deadline=None, max_examples=100)
    @given(meetings(), st.randoms(use_true_random=False))
    def test_order_of_the_list_is_irrelevant(self, meeting, chance):
        lines, _pairs, cap = meeting
        shuffled = list(lines)
        chance.shuffle(shuffled)
        self.assertEqual(carry(lines, [], cap), carry(shuffled, [], cap))
        # Whoever arrives first, as many voices are there.
        renamed = [line._replace(rank=line.rank and 51 - line.rank) for line in lines]
        counted = [sum(part.voices for part in carry(own, [], cap)[0]) for own in (lines, renamed)]
        self.assertEqual(*counted)
