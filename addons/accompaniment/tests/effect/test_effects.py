"""Effects, their reviews and indicators."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from odoo.addons.mail.tests.common import MailCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import formatLang, mute_logger
from psycopg2 import IntegrityError

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestEffects(AccompanimentCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lianes.email = "contact@lianes.example"
        cls.company.accompaniment_review_reminder_days = 0
        cls.mission = cls.make_mission(
            effect_ids=[
                Command.create({"name": "Team refocused", "horizon": "medium"}),
                Command.create({"name": "Reorganisation begun", "horizon": "short"}),
            ]
        )
        cls.mission.action_start()
        with freeze_time("2017-07-03 10:00:00"):
            cls.mission.action_close()
        cls.closing, *_later = cls.mission.review_ids
        cls.reviews = cls.mission.review_ids - cls.closing

    def propose(self, day):
        with (
            freeze_time(f"{day} 06:00:00"),
            self.mock_mail_gateway(),
            patch.object(type(self.env["ir.cron"]), "_commit_progress"),
        ):
            self.env["accompaniment.review"]._cron_propose()
            return len(self._new_mails.filtered(lambda mail: self.lianes in mail.recipient_ids))

    def test_reviews_propose_themselves_once_each_on_their_day(self):
        reviews = self.reviews
        self.assertEqual(reviews.mapped("due_on"), [date(2017, 12, 30), date(2018, 6, 30), date(2018, 12, 30)])
        self.assertEqual(self.mission.effect_ids.mapped("name"), ["Reorganisation begun", "Team refocused"])
        sent = [self.propose(day) for day in ("2017-12-29", "2017-12-30", "2017-12-31", "2018-06-30")]
        self.assertEqual(sent, [0, 1, 0, 1])
        self.assertEqual(reviews.mapped("state"), ["proposed", "proposed", "planned"])
        self.assertEqual(reviews[0].activity_ids.user_id, self.users["adviser"])
        self.assertEqual(reviews[0].answer_ids.effect_id, self.mission.effect_ids)
        self.mission.action_reopen()
        self.mission.action_close()
        self.assertEqual(len(self.mission.review_ids), 4)

    def test_one_review_that_fails_keeps_no_other_from_its_day(self):
        other = self.make_mission(name="Another", effect_ids=[Command.create({"name": "Trust"})])
        other.action_start()
        other.action_close()
        Review = type(self.env["accompaniment.review"])
        fill = Review._fill_answers

        def fail(reviews):
            if self.mission in reviews.mission_id:
                raise KeyError("broken")
            return fill(reviews)

        with (
            freeze_time("2018-01-02 06:00:00"),
            patch.object(Review, "_fill_answers", fail),
            patch.object(type(self.env["ir.cron"]), "_commit_progress"),
            self.assertLogs("odoo.addons.accompaniment.models.mission.nightly", "WARNING"),
            mute_logger("odoo.addons.coup_de_pousse_membership.models.common.batch"),
        ):
            self.env["accompaniment.review"]._cron_propose()
        first = other.review_ids.filtered(lambda review: review.months == 6)
        self.assertEqual((self.reviews[0].state, first.state), ("planned", "proposed"))

    def test_a_review_is_proposed_on_its_day_where_the_association_is(self):
        self.company.partner_id.tz = "Pacific/Noumea"
        with freeze_time("2017-12-29 14:00:00"), patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["accompaniment.review"]._cron_propose()
        self.assertEqual(self.reviews[0].state, "proposed", "it is the 30th there")
        self.assertEqual(self.reviews[0].proposed_on, date(2017, 12, 30))

    def test_closing_asks_first_and_says_what_will_happen(self):
        mission = self.make_mission(
            participant_ids=[Command.create({"partner_id": self.region.id, "role": "beneficiary"})],
            workshop_ids=[Command.create({"name": "Governance", "start": "2017-05-11 08:00:00"})],
        )
        mission.action_start()
        self.enter_days(mission.phase_ids[0], 2.5)
        Wizard = self.env["accompaniment.closing.wizard"].with_user(self.users["adviser"])
        wizard = Wizard.with_context(default_mission_id=mission.id).create({})
        for sentence in (
            f"{formatLang(self.env, 9.5, digits=2)} of {formatLang(self.env, 12, digits=2)} days planned were not used",
            "Still planned, and not held: Governance",
            "how satisfied they are: Lianes coopération",
            "No mail reaches Région",
            "6, 12, 18 months",
        ):
            self.assertIn(sentence, wizard.message)
        self.assertEqual(mission.state, "running")
        with self.mock_mail_gateway():
            wizard.action_confirm()
        self.assertEqual((mission.state, self._new_mails.recipient_ids), ("closed", self.lianes))

    def test_every_effect_is_answered_and_not_yet_is_an_answer(self):
        first, second = self.reviews[:2]
        (first | second).action_propose()
        with self.assertRaisesRegex(UserError, "Team refocused"):
            first.action_done()
        begun, team = first.answer_ids.sorted(lambda line: line.horizon != "short")
        begun.write({"answer": "seen", "evidence": "New chart", "observed_on": "2017-12-20"})
        team.answer = "not_yet"
        first.action_done()
        self.assertFalse(first.activity_ids)
        self.assertRecordValues(
            self.mission.effect_ids,
            [{"observed": "seen", "evidence": "New chart"}, {"observed": "not_yet", "evidence": False}],
        )
        later = second.answer_ids.filtered(lambda line: line.effect_id == team.effect_id)
        later.write({"answer": "seen", "evidence": "Two departures", "observed_on": "2018-06-01"})
        self.assertEqual(team.effect_id.observed, "seen", "the latest review tells")
        for missing in ({"evidence": " "}, {"observed_on": False}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                later.write(missing)
                self.env.flush_all()
            self.env.invalidate_all()

    def test_others_do_not_answer(self):
        review = self.reviews[0]
        for role in ("colleague", "director"):
            for call in ("action_propose", "action_done", "action_reopen", "action_take_over", "action_remind"):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    getattr(review.with_user(self.users[role]), call)()

    def test_indicators_tell_how_far(self):
        Indicator = self.env["accompaniment.indicator"]
        seats = Indicator.create(
            {"mission_id": self.mission.id, "name": "Seated", "unit": "%", "baseline": 10, "target": 30}
        )
        self.assertIs(seats.progress, False)
        seats.value_ids = [
            Command.create({"value": 25, "observed_on": "2018-06-01"}),
            Command.create({"value": 15, "observed_on": "2017-12-01"}),
        ]
        self.assertEqual((seats.latest, seats.progress), ("25 %", 0.75))
        zero = Indicator.create({"mission_id": self.mission.id, "name": "Conflicts", "baseline": 4, "target": 0})
        zero.value_ids = [Command.create({"value": 0})]
        self.assertEqual(zero.progress, 1)
        words = Indicator.create({"mission_id": self.mission.id, "name": "Mood", "kind": "text", "target_text": "Calm"})
        words.value_ids = [Command.create({"text": "Calmer"})]
        self.assertEqual((words.latest, words.progress), ("Calmer", False))

    def test_an_effect_stays_in_its_mission(self):
        other = self.make_mission(name="Another", stake_ids=[Command.create({"name": "Position"})])
        with self.assertRaisesRegex(ValidationError, "another mission"):
            self.mission.effect_ids[0].stake_id = other.stake_ids
