"""The rate of the mails, and the state of a letter."""

import unittest

from coup_de_pousse_membership.calculation.letter.letter import letter_state, mails_allowed
from hypothesis import given, settings
from hypothesis import strategies as st


class TestLetter(unittest.TestCase):
    @settings(max_examples=60, deadline=None)
    @given(rate=st.integers(1, 2000), gaps=st.lists(st.integers(1, 30), min_size=1, max_size=120))
    def test_no_hour_goes_over_the_rate(self, rate, gaps):
        sent, minute = [], 0
        for gap in gaps:
            minute += gap
            hour = sum(count for at, count in sent if at > minute - 60)
            recent = sum(count for at, count in sent if at > minute - 5)
            sent.append((minute, mails_allowed(rate, hour, recent)))
            self.assertLessEqual(sum(count for at, count in sent if at > minute - 60), rate)
        self.assertGreater(sent[0][1], 0)

    def test_state_of_a_letter(self):
        cases = [
            ((["ready"],), "queued"),
            ((["sent"],), "sent"),
            (([],), "sent"),
            ((["sent", "bounce"],), "bounced"),
            ((["exception"],), "failed"),
            ((["canceled"],), "failed"),
            (([], False, False, True), "failed"),
            (([], True), "to_post"),
            ((["bounce"], True, True), "posted"),
        ]
        for args, expected in cases:
            with self.subTest(args=args):
                self.assertEqual(letter_state(*args), expected)
