"""Whoever is late can be reminded, however the call was made; of who is not, the screen says why."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..letter.sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestLateCalls(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = {step.days: step for step in cls.campaign.step_ids}

    def single(self, count=1):
        """Call members outside any campaign."""
        members = self.make_members(count, budget=1000)
        for index, member in enumerate(members):
            member.partner_id.write({"email": f"single{index}@example.org", "lang": "en_US"})
        return self.make_memberships(members, self.grid)._issue_calls(self.issued_on, self.due_on)

    def obstacle(self, move, day=20):
        self.env.invalidate_all()
        with freeze_time(self.days(day)):
            return move.with_user(self.treasurer).reminder_obstacle

    def remind(self, moves, day=20):
        """Press “Remind” on the list, then “Send the reminders”; return the new letters."""
        before = self.logs
        with freeze_time(self.days(day) + " 09:00:00"):
            action = moves.with_user(self.treasurer).action_remind()
            wizard = self.env[action["res_model"]].with_user(self.treasurer).with_context(**action["context"])
            wizard.create({}).action_confirm()
            self.run_cron("cron_send_reminders")
            return self.logs - before

    # ---- however the call was made ----

    def test_every_open_call_past_its_date_is_due(self):
        unsent = self.called(2)
        single = self.single(2)
        with freeze_time(self.days(20)):
            due = self.campaign._find_due_reminders()
            self.assertEqual(due, dict.fromkeys(unsent.move_id | single, self.steps[15]))
            self.assertEqual(self.campaign.reminder_count, 4)
            action = self.campaign.with_user(self.treasurer).action_preview_reminders()
            self.assertEqual(self.env["account.move"].search(action["domain"]), unsent.move_id | single)
        with freeze_time(self.days(0)):
            self.assertFalse(self.campaign._find_due_reminders(), "not late yet, and never sent")

    def test_calls_of_no_campaign_follow_the_latest_one(self):
        single = self.single()
        draft = self.campaign.copy({"name": "Next year"})
        self.assertEqual(draft.state, "draft")
        with freeze_time(self.days(20)):
            self.assertFalse(draft._find_due_reminders(), "the one that has called comes first")
            self.assertTrue(self.campaign._find_due_reminders())
            self.campaign.state = "closed"
            self.assertEqual(draft._find_due_reminders()[single].campaign_id, draft)
            draft.unlink()
        self.assertIn("none that is open", self.obstacle(single))

    def test_what_a_closed_campaign_has_left_follows_the_latest_one(self):
        move = self.called().move_id
        self.campaign.state = "closed"
        self.assertIn("is closed", self.obstacle(move))
        following = self.campaign.copy({"name": "Next year"})
        with freeze_time(self.days(20)):
            self.assertEqual(following._find_due_reminders()[move].campaign_id, following)
            self.assertFalse(self.campaign._find_due_reminders())
        self.assertFalse(self.obstacle(move))

    def test_the_morning_job_reminds_of_them(self):
        single = self.single(2)
        self.campaign.reminders_on = True
        with freeze_time(self.days(16) + " 06:00:00"):
            self.run_cron("cron_send_reminders")
        self.assertEqual(self.logs.move_id, single)
        self.assertEqual(self.logs.step_id, self.steps[15])

    # ---- “Remind” on the list ----

    def test_remind_reminds_of_the_calls_chosen_only(self):
        chosen, other = self.single(2)
        logs = self.remind(chosen)
        self.assertEqual((logs.move_id, logs.step_id), (chosen, self.steps[15]))
        with freeze_time(self.days(20)), self.assertRaisesRegex(UserError, "None of these calls"):
            chosen.with_user(self.treasurer)._ask_reminders()
        self.assertFalse(self.campaign.reminders_on)
        self.assertEqual(self.remind(other | chosen, 21).move_id, other)

    def test_the_dialog_says_how_many(self):
        moves = self.single(3)
        moves[1].partner_id.email = False
        moves[2].with_user(self.treasurer)._stop_reminders("Pays in June")
        with freeze_time(self.days(20)):
            wizard = self.env["association.reminder.wizard"].with_user(self.treasurer).create({"move_ids": moves.ids})
            self.assertEqual((wizard.due_count, wizard.post_count, wizard.not_due_count), (2, 1, 1))

    def test_only_the_treasurer_reminds(self):
        move = self.single()
        for name in ("action_remind", "action_mark_call_sent", "action_resume_reminders", "_ask_reminders"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(move.with_user(self.users["director"]), name)()

    # ---- sent elsewhere ----

    def test_what_was_sent_elsewhere_is_marked(self):
        line = self.called(1)
        move = line.move_id
        with freeze_time(self.days(-20)):
            self.assertFalse(self.campaign._find_due_reminders())
            move.with_user(self.treasurer).action_mark_call_sent()
            self.assertEqual(self.campaign._find_due_reminders(), {move: self.steps[-30]})
        self.assertIn("Marked as sent", move.message_ids[0].body)
        self.assertFalse(self.campaign._count_waiting(), "not sent a second time")
        with self.assertRaisesRegex(UserError, "not marked"):
            move.with_user(self.treasurer).action_mark_call_sent()

    # ---- why not ----

    def test_the_screen_says_why_not(self):
        late, stopped, archived, left, withdrawn, reminded = self.single(6)
        stopped.with_user(self.treasurer)._stop_reminders("Pays in June")
        archived.partner_id.active = False
        member = left.line_ids.membership_id.member_id
        member.sudo().write({"left_on": self.due_on, "end_reason": "resigned"})
        withdrawn.line_ids.membership_id.sudo().withdrawn_on = self.today
        self.remind(reminded)
        self.assertFalse(self.obstacle(late))
        for move, text in (
            (stopped, "No more reminders: Pays in June"),
            (archived, "is archived"),
            (left, "left on"),
            (withdrawn, "withdrawn"),
            (reminded, "Not yet: “Last reminder” is due on"),
        ):
            with self.subTest(text):
                self.assertIn(text, self.obstacle(move))
        with freeze_time(self.days(20)):
            self.assertEqual(set(self.campaign._find_due_reminders()), {late})
        stopped.with_user(self.treasurer).action_resume_reminders()
        self.assertFalse(self.obstacle(stopped))
        for vals, text in (({"sending_state": "paused"}, "Sending is paused"), ({"state": "closed"}, "none that is")):
            self.campaign.write(vals)
            self.assertIn(text, self.obstacle(late))

    def test_the_call_itself_comes_first(self):
        first, second = self.called(2)
        self.campaign.sending_state = "running"
        self.assertIn("about to go out", self.obstacle(first.move_id))
        self.campaign._send_letters({second.move_id: self.env["association.reminder.step"]})
        self.assertIn("on its way", self.obstacle(second.move_id))
        self.run_queue()
        with freeze_time(self.today + timedelta(days=1)):
            self.assertFalse(self.obstacle(second.move_id))

    def test_queries_do_not_grow(self):
        def queries(moves):
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time(self.days(20)):
                start = self.env.cr.sql_log_count
                moves.mapped("reminder_address")
                return self.env.cr.sql_log_count - start

        few, many = self.single(2), self.single(12)
        queries(few)
        self.assertEqual(queries(many), queries(few))
