"""What a membership and a member are at a date: tables of cases, then properties."""

from datetime import date, timedelta
from unittest import TestCase

from coup_de_pousse_membership.calculation.register.membership_state import (
    Call,
    counts_as_member,
    last_day,
    member_state,
    membership_state,
    payment_status,
)
from hypothesis import given, settings
from hypothesis import strategies as st

START, END = date(2026, 1, 1), date(2026, 12, 31)


def invoice(paid=0, status="posted", share=100, **parts):
    """A call of which money paid a part, as far as nothing else is said."""
    parts = {"money": paid, **parts}
    return Call(False, status, share, open=share - sum(parts.values()), **parts)


def refund(share=100, status="posted", left=0):
    return Call(True, status, share, waived=share - left, open=left)


PAYMENTS = [
    # what stands on invoices, free?, status
    ([], False, "not_called"),
    ([], True, "free"),
    ([invoice(status="draft")], False, "not_called"),
    ([invoice(status="cancel")], False, "cancelled"),
    ([invoice(status="cancel"), invoice(status="draft")], False, "not_called"),
    ([invoice(status="cancel"), invoice()], False, "called"),
    ([invoice()], False, "called"),
    ([invoice(40)], False, "partial"),
    ([invoice(100)], False, "paid"),
    # settled by a loss: nobody has paid
    ([invoice(written_off=100)], False, "called"),
    ([invoice(70, written_off=30)], False, "partial"),
    # a credit note takes the whole back, matched or not
    ([invoice(), refund()], False, "cancelled"),
    ([invoice(), refund(left=100)], False, "cancelled"),
    # one that names nobody is nobody's payment
    ([invoice(waived=100)], False, "cancelled"),
    ([invoice(waived=30)], False, "called"),
    ([invoice(70, waived=30)], False, "paid"),
    # paid, then given back
    ([invoice(100), refund(left=100)], False, "cancelled"),
    # a reduction is not a payment
    ([invoice(), refund(30)], False, "called"),
    ([invoice(50), refund(30)], False, "partial"),
    ([invoice(70), refund(30)], False, "paid"),
    ([invoice(100), refund(30)], False, "paid"),
    # called again after a credit note
    ([invoice(), refund(), invoice()], False, "called"),
    ([invoice(), refund(), invoice(100)], False, "paid"),
    # in two calls (federal and local share), one paid
    ([invoice(49, share=49), invoice(share=37)], False, "partial"),
]

SETTLED_ELSEWHERE = [
    # settled before this system was used: paid, unless something is called here all the same
    ([], False, "paid"),
    ([], True, "paid"),
    ([invoice(status="draft")], False, "paid"),
    ([invoice(status="cancel")], False, "paid"),
    ([invoice()], False, "called"),
    ([invoice(100)], False, "paid"),
    ([invoice(), refund()], False, "cancelled"),
]

COUNTS = [
    ("admitted", "paid", False, True),
    ("admitted", "free", False, True),
    ("admitted", "called", False, False),
    ("admitted", "called", True, True),
    ("admitted", "partial", False, False),
    ("admitted", "partial", True, True),
    ("admitted", "not_called", True, False),
    ("admitted", "cancelled", True, False),
    ("applied", "paid", False, False),  # paying is not being admitted
    ("applied", "paid", True, False),
    ("refused", "paid", False, False),
]

STATES = [
    # admission, payment, counts, until, today, state, next change
    ("applied", "not_called", False, END, START, "applied", None),
    ("applied", "paid", False, END, START, "applied", None),
    ("refused", "not_called", False, END, START, "refused", None),
    ("admitted", "cancelled", False, END, START, "cancelled", None),
    ("admitted", "paid", True, END, date(2025, 12, 31), "upcoming", START),
    ("admitted", "called", False, END, date(2025, 12, 31), "upcoming", START),
    ("admitted", "paid", True, END, START, "active", date(2027, 1, 1)),
    ("admitted", "called", False, END, START, "unpaid", date(2027, 1, 1)),
    ("admitted", "not_called", False, END, date(2026, 6, 1), "unpaid", date(2027, 1, 1)),
    ("admitted", "paid", True, END, END, "active", date(2027, 1, 1)),
    ("admitted", "paid", True, END, date(2027, 1, 1), "expired", None),
    ("admitted", "called", False, END, date(2027, 1, 1), "expired", None),
    ("admitted", "paid", True, date(2026, 6, 30), date(2026, 6, 30), "active", date(2026, 7, 1)),
    ("admitted", "paid", True, date(2026, 6, 30), date(2026, 7, 1), "expired", None),
]

TODAY = date(2026, 6, 15)
NEXT_YEAR = date(2027, 1, 1)
MEMBERS = [
    # memberships (state, first day, next change), left on, state, next change
    ([], None, "none", None),
    ([("applied", START, None)], None, "applicant", None),
    ([("active", START, NEXT_YEAR)], None, "member", NEXT_YEAR),
    ([("unpaid", START, NEXT_YEAR)], None, "unpaid", NEXT_YEAR),
    ([("expired", date(2025, 1, 1), None)], None, "former", None),
    ([("expired", date(2025, 1, 1), None), ("unpaid", START, NEXT_YEAR)], None, "unpaid", NEXT_YEAR),
    ([("expired", date(2025, 1, 1), None), ("active", START, NEXT_YEAR)], None, "member", NEXT_YEAR),
    # paid next year ahead: up to date now, and still so on 1 January
    (
        [("active", START, NEXT_YEAR), ("upcoming", NEXT_YEAR, NEXT_YEAR)],
        None,
        "member",
        NEXT_YEAR,
    ),
    ([("expired", date(2025, 1, 1), None), ("applied", START, None)], None, "applicant", None),
    ([("refused", START, None)], None, "refused", None),
    ([("cancelled", START, None)], None, "none", None),
    ([("expired", date(2025, 1, 1), None), ("cancelled", START, None)], None, "former", None),
    # gone, going, and back again
    ([("expired", date(2025, 1, 1), None)], date(2026, 3, 1), "left", None),
    ([("active", START, date(2026, 7, 1))], date(2026, 6, 30), "member", date(2026, 7, 1)),
    (
        [("expired", date(2024, 1, 1), None), ("active", START, NEXT_YEAR)],
        date(2024, 12, 31),
        "member",
        NEXT_YEAR,
    ),
    ([("expired", date(2025, 1, 1), None), ("refused", START, None)], date(2025, 6, 1), "left", None),
]


WITHDRAWN = [
    # admission, payment, state, of a membership given up before it ran
    ("admitted", "cancelled", "cancelled"),
    ("admitted", "called", "cancelled"),
    ("admitted", "paid", "cancelled"),
    ("applied", "not_called", "cancelled"),
    ("refused", "not_called", "refused"),
]

WITHDRAWN_PAYMENTS = [
    ([], False, "cancelled"),
    ([], True, "cancelled"),
    ([invoice(status="draft")], False, "cancelled"),
    # a call stands until its credit note
    ([invoice()], False, "called"),
    ([invoice(100)], False, "paid"),
    ([invoice(), refund()], False, "cancelled"),
]


class TestState(TestCase):
    def test_given_up(self):
        for admission, payment, state in WITHDRAWN:
            for today in (date(2025, 12, 31), START, date(2027, 1, 1)):
                with self.subTest(admission=admission, payment=payment, today=today):
                    self.assertEqual(
                        membership_state(admission, payment, False, START, END, today, withdrawn=True),
                        (state, None),
                    )
        for calls, is_free, expected in WITHDRAWN_PAYMENTS:
            with self.subTest(calls=calls):
                self.assertEqual(payment_status(calls, is_free, withdrawn=True), expected)
        self.assertFalse(counts_as_member("admitted", "paid", False, withdrawn=True))

    def test_payment(self):
        for calls, is_free, expected in PAYMENTS:
            with self.subTest(calls=calls):
                self.assertEqual(payment_status(calls, is_free), expected)

    def test_settled_elsewhere(self):
        for calls, is_free, expected in SETTLED_ELSEWHERE:
            with self.subTest(calls=calls):
                self.assertEqual(payment_status(calls, is_free, settled_elsewhere=True), expected)

    def test_counts(self):
        for admission, payment, called_counts, expected in COUNTS:
            with self.subTest(admission=admission, payment=payment, called=called_counts):
                self.assertEqual(counts_as_member(admission, payment, called_counts), expected)

    def test_state_of_a_membership(self):
        for admission, payment, counts, until, today, state, change in STATES:
            with self.subTest(admission=admission, payment=payment, today=today):
                self.assertEqual(
                    membership_state(admission, payment, counts, START, until, today),
                    (state, change),
                )

    def test_state_of_a_member(self):
        for memberships, left_on, state, change in MEMBERS:
            with self.subTest(memberships=memberships, left_on=left_on):
                self.assertEqual(member_state(memberships, left_on, TODAY), (state, change))

    def test_last_day(self):
        june, july = date(2026, 6, 30), date(2026, 7, 31)
        self.assertEqual(last_day(END, None, None, START), END)
        self.assertEqual(last_day(END, june, None, START), june)
        self.assertEqual(last_day(END, None, july, START), july)
        self.assertEqual(last_day(END, june, july, START), june)
        # left before this membership began: it is a new joining
        self.assertEqual(last_day(END, None, date(2025, 3, 1), START), END)
        self.assertEqual(last_day(END, None, START, START), START)

    @settings(max_examples=300, deadline=None)
    @given(
        st.sampled_from(["applied", "admitted", "refused"]),
        st.sampled_from(["not_called", "called", "partial", "paid", "free", "cancelled"]),
        st.booleans(),
        st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        st.integers(0, 800),
        st.dates(date(2019, 1, 1), date(2032, 1, 1)),
    )
    def test_nothing_changes_before_the_announced_day(self, admission, payment, called_counts, start, length, today):
        counts = counts_as_member(admission, payment, called_counts)
        until = start + timedelta(days=length)
        facts = (admission, payment, counts, start, until)
        state, change = membership_state(*facts, today)
        if change is None:
            later = today + timedelta(days=5000)
            self.assertEqual(membership_state(*facts, later)[0], state)
        else:
            self.assertGreater(change, today)
            self.assertEqual(membership_state(*facts, change - timedelta(days=1))[0], state)
            self.assertNotEqual(membership_state(*facts, change)[0], state)

    @settings(max_examples=200, deadline=None)
    @given(st.permutations(MEMBERS[8][0] + MEMBERS[14][0] + MEMBERS[7][0]))
    def test_the_order_of_memberships_does_not_matter(self, memberships):
        self.assertEqual(member_state(memberships, None, TODAY), ("member", NEXT_YEAR))
