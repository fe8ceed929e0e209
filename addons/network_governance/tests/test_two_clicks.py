"""Nothing is done twice by two clicks: the buttons of governance that make something."""

from odoo.addons.coup_de_pousse_membership.tests.races import RaceCase
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTwoClicks(RaceCase):
    def make_body(self):
        """Make a body whose composition foresees three seats that do not exist yet."""
        college_id = self.make("association.college", {"name": "College of two clicks"})
        body_id = self.make(
            "governance.body",
            {
                "name": "Body of two clicks",
                "declared": False,
                "composition_ids": [Command.create({"college_id": college_id, "seats": 3})],
            },
        )
        self.addCleanup(self.commit, lambda env: env["governance.seat"].search([("body_id", "=", body_id)]).unlink())
        return body_id

    def test_seats_are_created_once(self):
        body_id = self.make_body()
        self.assert_once(
            "governance.seat",
            [("body_id", "=", body_id)],
            lambda env: env["governance.body"].browse(body_id).action_create_seats(),
            made=3,
        )

    def test_a_series_is_planned_once(self):
        body_id = self.make_body()
        meetings = [("body_id", "=", body_id)]
        self.addCleanup(self.commit, lambda env: env["governance.meeting"].search(meetings).unlink())
        wizard_id = self.make(
            "governance.series.wizard", {"body_id": body_id, "first_at": "2030-01-10 18:00:00", "months": 2, "count": 4}
        )
        self.assert_once(
            "governance.meeting",
            meetings,
            lambda env: env["governance.series.wizard"].browse(wizard_id).action_confirm(),
            "has a meeting already",
            times=3,
            made=4,
        )

    def make_meeting(self, state="convened"):
        """Make a board of three with a meeting, convened or under way."""
        body_id = self.make_body()
        people = [self.make("res.partner", {"name": f"Click {number}"}) for number in range(3)]

        def seat(env):
            env["governance.body"].browse(body_id).action_create_seats()
            seats = env["governance.body"].browse(body_id).seat_ids
            env["governance.mandate"].create(
                [
                    {"seat_id": one.id, "partner_id": person, "date_from": "2024-01-01"}
                    for one, person in zip(seats, people, strict=True)
                ]
            )
            meeting = env["governance.meeting"].create(
                {
                    "body_id": body_id,
                    "starts_at": "2026-12-31 10:00:00",
                    "short_notice": "Agreed",
                    "agenda_ids": [Command.create({"name": "Point"})],
                }
            )
            meeting.action_list()
            meeting.attendance_ids.channel = "hand"
            meeting.action_convene()
            if state == "open":
                meeting.action_open()
            return meeting.id

        meeting_id = self.commit(seat)
        self.addCleanup(self.commit, lambda env: self.remove(env, body_id, meeting_id))
        return meeting_id

    def remove(self, env, body_id, meeting_id):
        """Remove what the rules of a meeting keep."""
        env.cr.execute("DELETE FROM governance_resolution WHERE meeting_id = %s", [meeting_id])
        env.cr.execute("DELETE FROM governance_minutes WHERE meeting_id = %s", [meeting_id])
        env.cr.execute("DELETE FROM governance_meeting WHERE id = %s", [meeting_id])
        env["governance.mandate"].search([("body_id", "=", body_id)]).unlink()

    def test_one_arrival_at_two_doors(self):
        meeting_id = self.make_meeting("open")
        line_id = self.commit(lambda env: env["governance.meeting"].browse(meeting_id).attendance_ids[0].id)
        self.assert_once(
            "governance.stay",
            [("meeting_id", "=", meeting_id)],
            lambda env: env["governance.meeting"].browse(meeting_id).mark_arrival(line_id),
            times=3,
        )

    def test_minutes_are_begun_once(self):
        meeting_id = self.make_meeting("open")
        self.assert_once(
            "governance.minutes",
            [("meeting_id", "=", meeting_id)],
            lambda env: env["governance.meeting"].browse(meeting_id).action_minutes(),
            times=3,
        )

    def test_a_vote_is_opened_once(self):
        meeting_id = self.make_meeting("open")

        def prepare(env):
            meeting = env["governance.meeting"].browse(meeting_id)
            for line in meeting.attendance_ids:
                meeting.mark_arrival(line.id)
            return env["governance.resolution"].create({"meeting_id": meeting_id, "name": "Vote"}).id

        vote_id = self.commit(prepare)
        self.assert_once(
            "governance.elector",
            [("resolution_id", "=", vote_id)],
            lambda env: env["governance.resolution"].browse(vote_id).action_open(),
            times=3,
            made=3,
        )

    def test_a_vote_that_is_opened_while_people_arrive(self):
        """Nobody is lost, nobody counts twice: the frozen electorate says who could vote."""
        meeting_id = self.make_meeting("open")
        lines = self.commit(lambda env: env["governance.meeting"].browse(meeting_id).attendance_ids.ids)
        self.commit(lambda env: [env["governance.meeting"].browse(meeting_id).mark_arrival(line) for line in lines[:2]])
        vote_id = self.commit(
            lambda env: env["governance.resolution"].create({"meeting_id": meeting_id, "name": "Vote"}).id
        )

        def open_or_arrive(env):
            env["governance.meeting"].browse(meeting_id).mark_arrival(lines[2])
            vote = env["governance.resolution"].browse(vote_id)
            if vote.state == "draft":
                vote.action_open()

        with mute_logger("odoo.sql_db"):
            met = self.click_at_once(open_or_arrive, 3)
        self.assertFalse(met)
        self.assertEqual(self.count("governance.stay", [("meeting_id", "=", meeting_id)]), 3)
        voices = self.commit(lambda env: env["governance.resolution"].browse(vote_id).elector_ids.mapped("voices"))
        self.assertEqual(voices, [1, 1, 1])

    def test_two_votes_closed_at_once_take_two_numbers(self):
        meeting_id = self.make_meeting("open")

        def vote(env):
            meeting = env["governance.meeting"].browse(meeting_id)
            for line in meeting.attendance_ids:
                meeting.mark_arrival(line.id)
            votes = env["governance.resolution"].create(
                [{"meeting_id": meeting_id, "name": f"Vote {number}"} for number in range(3)]
            )
            for one in votes:
                one.action_open()
                one.tally_ids.yes = 3
            return votes.ids

        vote_ids = self.commit(vote)
        self.commit(lambda env: env["governance.resolution"].browse(vote_ids[0]).action_close())
        left = list(vote_ids[1:])

        def close(env):
            waiting = env["governance.resolution"].search([("id", "in", left), ("state", "=", "open")], order="id")
            waiting[:1].action_close()

        with mute_logger("odoo.sql_db"):
            self.click_at_once(close, 2)
        numbers = self.commit(
            lambda env: sorted(filter(None, env["governance.resolution"].browse(vote_ids).mapped("number")))
        )
        counted = [int(number.split("-")[1]) for number in numbers]
        self.assertEqual(len(counted), 3)
        self.assertEqual(counted, list(range(counted[0], counted[0] + 3)))
