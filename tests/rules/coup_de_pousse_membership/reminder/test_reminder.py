"""Which step of the reminders is due: a table of cases, and laws that hold whatever happens."""

import unittest
from datetime import date, timedelta

from coup_de_pousse_membership.calculation.reminder.reminder import next_step, step_due, still_member
from hypothesis import given, settings
from hypothesis import strategies as st

STEPS = {"before": -30, "due": 0, "late": 15, "last": 45}
DUE = date(2026, 3, 31)
CALLED = date(2026, 1, 10)


class TestReminder(unittest.TestCase):
    def test_table(self):
        cases = [
            # today, called on, days of the steps done, expected
            (date(2026, 2, 28), CALLED, (), None),
            (date(2026, 3, 1), CALLED, (), "before"),
            (date(2026, 3, 1), CALLED, (-30,), None),
            (date(2026, 3, 30), CALLED, (), "before"),
            (DUE, CALLED, (-30,), "due"),
            (date(2026, 4, 14), CALLED, (-30, 0), None),
            (date(2026, 4, 15), CALLED, (-30, 0), "late"),
            # Switched on late: the latest step only, those missed are lost.
            (date(2026, 6, 1), CALLED, (), "last"),
            (date(2026, 6, 1), CALLED, (45,), None),
            # The call went out after the day of a step, or on it: that step is lost.
            (date(2026, 3, 10), date(2026, 3, 5), (), None),
            (date(2026, 3, 1), date(2026, 3, 1), (), None),
            (DUE, date(2026, 3, 5), (), "due"),
            (date(2026, 5, 20), date(2026, 5, 20), (), None),
            # Not known to have been sent: reminded once it is late, not before.
            (date(2026, 3, 10), None, (), None),
            (DUE, None, (), None),
            (date(2026, 4, 1), None, (), "due"),
            (date(2026, 6, 1), None, (), "last"),
            (date(2026, 6, 1), None, (45,), None),
            # The due date was put off after the second reminder: not back to an earlier step.
            (DUE, CALLED, (15,), None),
        ]
        for today, called_on, done, expected in cases:
            with self.subTest(today=today, called_on=called_on, done=done):
                self.assertEqual(step_due(STEPS, DUE, today, called_on, done), expected)
        self.assertIsNone(step_due({}, DUE, date(2027, 1, 1), CALLED))
        self.assertIsNone(step_due(STEPS, None, date(2027, 1, 1), CALLED))

    def test_what_follows(self):
        cases = [
            # today, called on, days of the steps done, expected
            (date(2026, 2, 1), CALLED, (), ("before", date(2026, 3, 1))),
            (date(2026, 4, 2), CALLED, (0,), ("late", date(2026, 4, 15))),
            (date(2026, 3, 10), None, (), ("late", date(2026, 4, 15))),
            (date(2026, 4, 15), date(2026, 5, 1), (), ("last", date(2026, 5, 15))),
            (date(2026, 6, 1), CALLED, (45,), None),
            (date(2026, 4, 2), CALLED, (45,), None),
        ]
        for today, called_on, done, expected in cases:
            with self.subTest(today=today, called_on=called_on, done=done):
                self.assertEqual(next_step(STEPS, DUE, today, called_on, done), expected)
        self.assertIsNone(next_step(STEPS, None, DUE, CALLED))

    @settings(max_examples=150, deadline=None)
    @given(
        steps=st.lists(st.integers(-60, 90), unique=True, max_size=6),
        called=st.integers(-90, 90),
        runs=st.lists(st.integers(-100, 200), max_size=30),
    )
    def test_whatever_days_the_job_runs(self, steps, called, runs):
        """Each step at most once, in their order, after the call, never before its day."""
        steps = {days: days for days in steps}
        called_on = DUE + timedelta(days=called)
        sent = []
        for offset in sorted(runs):
            today = DUE + timedelta(days=offset)
            # The job may run twice on one day.
            for _twice in range(2):
                step = step_due(steps, DUE, today, called_on, sent)
                if step is not None:
                    self.assertLessEqual(step, offset)
                    self.assertGreater(step, called)
                    self.assertEqual(step, max(days for days in steps if days <= offset))
                    sent.append(step)
        self.assertEqual(sent, sorted(set(sent)))

    def test_still_member(self):
        day = date(2026, 3, 1)
        self.assertTrue(still_member(None, date(2026, 1, 1), day))
        self.assertTrue(still_member(day, date(2026, 1, 1), day), "the last day is a member's day")
        self.assertFalse(still_member(date(2026, 2, 28), date(2026, 1, 1), day))
        self.assertTrue(still_member(date(2025, 6, 30), date(2026, 1, 1), day), "left, then joined again")
