"""When the sessions of a method take place."""

import unittest
from datetime import datetime

import pytz
from accompaniment.calculation.workshop.workshop_plan import Step, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MEETINGS = st.sampled_from(["tracks", "common", "both"])


class TestWorkshopPlan(unittest.TestCase):
    first = datetime(2017, 4, 27, 8)

    def test_without_tracks_everything_is_common(self):
        steps = [Step("a", 3, "tracks"), Step("b", 3, "both"), Step("c", 3, "common")]
        sessions = plan(steps, [], self.first, 7)
        self.assertEqual([session.track for session in sessions], [None] * 3)
        self.assertEqual([session.start.day for session in sessions], [27, 4, 11])

    def test_sessions_keep_their_hour_over_the_clock_change(self):
        paris = pytz.timezone("Europe/Paris")
        sessions = plan([Step("a", 3, "both")], ["x"], datetime(2017, 3, 20, 8), 7, paris)
        self.assertEqual([session.start for session in sessions], [datetime(2017, 3, 20, 8), datetime(2017, 3, 27, 7)])
        sessions = plan([Step("a", 3, "both")], ["x"], datetime(2017, 10, 27, 22, 30), 7, paris)
        self.assertEqual(sessions[1].start, datetime(2017, 11, 3, 23, 30), "the day is that of the place as well")

    def test_no_time_between_is_refused(self):
        for days in (0, -1):
            with self.assertRaises(ValueError):
                plan([Step("a", 3, "common")], [], self.first, days)

    @settings(deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(MEETINGS, max_size=6), st.lists(st.integers(), unique=True, max_size=4), st.integers(1, 40))
    def test_tracks_meet_at_one_moment_and_nothing_else_does(self, meetings, tracks, between):
        steps = [Step(str(rank), 1, meeting) for rank, meeting in enumerate(meetings)]
        sessions = plan(steps, tracks, self.first, between)
        self.assertEqual(sorted(s.start for s in sessions), [s.start for s in sessions])
        for rank, step in enumerate(steps):
            apart = {s.track: s.start for s in sessions if s.step == rank and s.track is not None}
            common = [s.start for s in sessions if s.step == rank and s.track is None]
            self.assertEqual(set(apart), set(tracks) if step.meeting != "common" else set())
            self.assertLessEqual(len(set(apart.values())), 1)
            self.assertEqual(len(common), 1 if step.meeting != "tracks" or not tracks else 0)
            self.assertFalse(set(common) & set(apart.values()))
        self.assertEqual({s.step for s in sessions}, set(range(len(steps))), "no step is forgotten")
