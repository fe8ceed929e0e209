"""Diagnoses: surveys sent, answered, reminded and closed; figures typed in."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree
from odoo.addons.mail.tests.common import MailCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import format_date, mute_logger
from odoo.tools.safe_eval import safe_eval
from psycopg2 import IntegrityError

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestDiagnostic(AccompanimentCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission(stake_ids=[Command.create({"name": "Governance"})])
        cls.members = cls.env["res.partner"].create(
            [{"name": f"Member {i}", "email": f"m{i}@members.example"} for i in range(5)]
        )

    def make(self, **values):
        return (
            self.env["accompaniment.diagnostic"]
            .with_user(self.users["adviser"])
            .create({"mission_id": self.mission.id, "name": "Pre-diagnosis", **values})
        )

    def answer(self, survey, partner, choices, scale, done=True):
        """Answer as a recipient does: two choices by question, a scale."""
        user_input = survey.sudo().user_input_ids.filtered(lambda i: i.partner_id == partner)
        for question in survey.sudo().question_ids:
            if question.question_type == "scale":
                user_input._save_lines(question, str(scale))
            elif question.question_type == "matrix":
                column = question.suggested_answer_ids[choices]
                user_input._save_lines(question, {str(row.id): [column.id] for row in question.matrix_row_ids})
            elif question.suggested_answer_ids:
                user_input._save_lines(question, str(question.suggested_answer_ids[choices].id))
            elif question.question_type == "text_box":
                user_input._save_lines(question, f" In words {scale} ")
        if done:
            user_input._mark_done()
        else:
            user_input._mark_in_progress()

    def test_sent_answered_reminded_closed(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)])
        with self.mock_mail_gateway():
            diagnostic.action_send()
        self.assertEqual(len(self._new_mails), 5)
        self.assertEqual((diagnostic.invited, diagnostic.respondents, diagnostic.state), (5, 0, "open"))
        with self.assertRaisesRegex(UserError, "Nobody answered"):
            diagnostic.action_close()
        with self.assertRaises(ValidationError):
            diagnostic.sudo().state = "closed"
        diagnostic.invalidate_recordset()
        survey = diagnostic.survey_id
        self.assertEqual(survey.access_mode, "token")
        self.answer(survey, self.members[0], 0, 8)
        self.answer(survey, self.members[1], 0, 3)
        diagnostic.invalidate_recordset()
        self.assertEqual((diagnostic.respondents, diagnostic.response_rate), (2, 0.4))
        with self.mock_mail_gateway():
            diagnostic.action_remind()
        self.assertEqual(len(self._new_mails), 3, "whoever answered is left in peace")
        self.assertEqual(diagnostic.reminder_count, 3)
        with self.mock_mail_gateway():
            diagnostic.recipient_ids += self.region
            with self.assertRaisesRegex(UserError, "No mail can reach Région"):
                diagnostic.action_send()
            self.region.email = "r@region.example"
            diagnostic.action_send()
        self.assertEqual(len(self._new_mails), 1, "nobody is invited twice")
        diagnostic.action_close()
        self.assertFalse(survey.sudo().active)
        self.assertEqual(diagnostic.respondents, 2)
        today = diagnostic.closed_on
        rate = self.env["association.metric"]._get("response_rate")
        also = [("mission_id", "=", diagnostic.mission_id.id)]
        values = rate._get_values(also=also, date_from=today, date_to=today)
        expected = (diagnostic.invited, 2, 2 / diagnostic.invited)
        self.assertEqual((values["asked"], values["answered"], values["response_rate"]), expected)
        with self.assertRaisesRegex(UserError, "close it instead"):
            diagnostic.unlink()

    def test_a_new_diagnosis_shows_its_next_steps_and_keeps_its_window(self):
        action = self.env.ref("accompaniment.action_accompaniment_diagnostic_new")
        self.assertEqual((action.view_mode, action.target), ("form", "current"))
        context = safe_eval(action.context, {"active_id": self.mission.id})
        diagnostics = self.env[action.res_model].with_user(self.users["adviser"]).with_context(**context)
        form = Form(diagnostics)
        self.assertEqual(form.mission_id, self.mission)
        arch = etree.fromstring(diagnostics.get_view(view_type="form")["arch"])
        sending = self.env.ref("accompaniment.action_accompaniment_sending_wizard").id
        for name in (sending, "action_propose_members", "action_prepare_survey"):
            [button] = arch.xpath(f"//button[@name='{name}']")
            self.assertNotIn("not id", button.get("invisible"), name)
        diagnostic = form.save()
        action = diagnostic.action_propose_members()
        self.assertEqual(action["params"]["next"]["type"], "ir.actions.act_window_close", "no other screen is loaded")

    def test_sending_asks_first_and_says_what_will_happen(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members[:2].ids)], deadline="2099-04-20")
        Wizard = self.env["accompaniment.sending.wizard"].with_user(self.users["adviser"])
        wizard = Wizard.with_context(default_diagnostic_id=diagnostic.id).create({})
        self.assertIn("2 invitations leave now", wizard.message)
        self.assertIn(format_date(wizard.env, date(2099, 4, 20)), wizard.message)
        self.assertEqual(diagnostic.state, "draft")
        with self.mock_mail_gateway():
            wizard.action_confirm()
        self.assertEqual((len(self._new_mails), diagnostic.state), (2, "open"))
        diagnostic.recipient_ids += self.members[2]
        wizard = Wizard.create({"diagnostic_id": diagnostic.id})
        self.assertIn("1 invitation leaves now", wizard.message)
        self.assertIn("Already invited: 2.", wizard.message)
        with self.assertRaisesRegex(UserError, "Say who is to answer"):
            Wizard.create({"diagnostic_id": self.make().id})._describe_sending()

    def test_a_second_answer_by_one_person_is_that_person_s(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members[:3].ids)])
        with self.mock_mail_gateway():
            diagnostic.action_send()
        survey = diagnostic.survey_id.sudo()
        first = survey.user_input_ids.filtered(lambda answer: answer.partner_id == self.members[0])
        self.answer(survey, self.members[0], 0, 8)
        page = self.env["ir.qweb"]._render("survey.survey_button_retake", {"survey": survey, "answer": first})
        self.assertNotIn("/survey/retry/", page, "nothing invites to answer again")
        with self.assertRaisesRegex(UserError, "attempts"):
            survey._create_answer(partner=first.partner_id, email=first.email, invite_token=first.invite_token)
        # As was possible in surveys that were sent before.
        for partner_id in (self.members[0].id, False):
            again = first.copy({"partner_id": partner_id, "invite_token": first.invite_token, "state": "new"})
            for question in survey.question_ids.filtered("suggested_answer_ids"):
                if question.question_type != "matrix":
                    again._save_lines(question, str(question.suggested_answer_ids[1].id))
            again._mark_done()
        again.copy({"invite_token": first.invite_token, "state": "in_progress"})
        diagnostic.invalidate_recordset()
        self.assertEqual((diagnostic.invited, diagnostic.respondents, diagnostic.partial), (3, 1, 0))
        [use] = [chart for chart in diagnostic._get_charts() if "use most" in chart.question]
        self.assertEqual((use.base, [bar.count for bar in use.bars[:2]]), (1, [0, 1]), "the last answer counts")
        with self.mock_mail_gateway():
            diagnostic.action_remind()
        self.assertEqual(self._new_mails.recipient_ids, self.members[1:3], "who answered is left in peace")

    def test_charts_count_and_name_nobody(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)])
        with self.mock_mail_gateway():
            diagnostic.action_send()
        for member, choice in zip(self.members, (0, 0, 1, 0, 1), strict=True):
            self.answer(diagnostic.survey_id, member, choice, 7)
        diagnostic.invalidate_recordset()
        charts = {chart.question.split("?")[0]: chart for chart in diagnostic._get_charts()}
        use = charts["What do you use most in the network"]
        self.assertEqual(use.base, 5)
        self.assertEqual([(bar.count, bar.share) for bar in use.bars[:3]], [(3, 0.6), (2, 0.4), (0, 0)])
        scale = charts["How far does the network represent you"].bars
        self.assertEqual([bar.count for bar in scale], [0] * 7 + [5] + [0] * 3)
        self.assertEqual(charts["How far does the network represent you"].numbers, (7, 7, 7))
        rows = charts["How do you see its work"].rows
        self.assertEqual((len(rows), rows[0].base, [bar.share for bar in rows[0].bars]), (5, 5, [0.6, 0.4, 0, 0]))
        html = diagnostic.with_user(self.users["director"]).chart_html
        self.assertIn("3 (60 %)", html)
        self.assertIn("5 answered in their own words", html)
        self.assertNotIn("In words 7", html)
        self.assertNotIn("Member 0", html)
        diagnostic.text_answers = "listed"
        html = diagnostic.with_user(self.users["director"]).chart_html
        self.assertIn(">In words 7<", html)
        self.assertNotIn("Member 0", html)

    def test_charts_of_many_answers_take_as_many_queries_as_of_few(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)], text_answers="listed")
        with self.mock_mail_gateway():
            diagnostic.action_send()
        counts = []
        for members in (self.members[:1], self.members[1:]):
            for member in members:
                self.answer(diagnostic.survey_id, member, 1, 2)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(diagnostic._get_charts())
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_too_few_answers_show_nobody_s(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)], text_answers="listed")
        with self.mock_mail_gateway():
            diagnostic.action_send()
        for member in self.members[:2]:
            self.answer(diagnostic.survey_id, member, 0, 7)
        diagnostic.invalidate_recordset()
        self.assertIn("from 3 answers on", diagnostic.chart_html)
        self.assertNotIn("In words", diagnostic.chart_html)
        self.answer(diagnostic.survey_id, self.members[2], 0, 7)
        diagnostic.invalidate_recordset()
        self.assertIn("In words", diagnostic.chart_html)

    def test_what_was_begun_counts_by_wish(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)])
        with self.mock_mail_gateway():
            diagnostic.action_send()
        for member, done in zip(self.members, (True, True, True, False, False), strict=True):
            self.answer(diagnostic.survey_id, member, 0, 7, done=done)
        diagnostic.survey_id.sudo().user_input_ids.filtered(
            lambda answer: answer.partner_id == self.members[4]
        ).user_input_line_ids.unlink()
        diagnostic.invalidate_recordset()
        self.assertEqual((diagnostic.respondents, diagnostic.partial), (3, 1), "who opened it only has begun nothing")
        self.assertEqual(diagnostic._get_charts()[0].base, 3)
        diagnostic.count_partial = True
        self.assertEqual((diagnostic.respondents, diagnostic.response_rate), (4, 0.8))
        self.assertEqual(diagnostic._get_charts()[0].base, 4)

    def remind(self, day):
        """Run the reminders of a day; return whom they reach."""
        with (
            freeze_time(f"{day} 06:00:00"),
            self.mock_mail_gateway(),
            patch.object(type(self.env["ir.cron"]), "_commit_progress"),
        ):
            self.env["accompaniment.diagnostic"]._cron_remind()
            return sorted(self._new_mails.recipient_ids.mapped("name"))

    def test_reminders_go_out_by_themselves(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members[:2].ids)], reminder_days=5, reminder_max=2)
        with self.mock_mail_gateway():
            diagnostic.action_send()
        invitations = diagnostic.survey_id.sudo().user_input_ids
        self.env.cr.execute(
            "UPDATE survey_user_input SET create_date = '2017-04-03' WHERE id IN %s", [tuple(invitations.ids)]
        )
        self.env.invalidate_all()
        self.assertEqual(self.remind("2017-04-07"), [])
        self.assertEqual(self.remind("2017-04-08"), ["Member 0", "Member 1"])
        self.assertEqual(self.remind("2017-04-09"), [], "so many days after the last one")
        self.answer(diagnostic.survey_id, self.members[0], 0, 7)
        self.assertEqual(self.remind("2017-04-13"), ["Member 1"], "whoever answered is left in peace")
        self.assertEqual(self.remind("2017-04-20"), [], "so many times at most")
        self.assertEqual((diagnostic.reminder_count, str(diagnostic.reminded_on)), (3, "2017-04-13"))
        self.assertIn("Reminded: 1 ", diagnostic.message_ids[0].body)
        with self.mock_mail_gateway():
            diagnostic.action_remind()
        self.assertEqual(self._new_mails.recipient_ids, self.members[1], "the button stays")

    def test_no_reminder_after_the_end(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members[:2].ids)], deadline="2099-04-20")
        with self.mock_mail_gateway():
            diagnostic.action_send()
        self.assertEqual(self.remind("2099-04-21"), [], "the deadline is past")
        diagnostic.reminder_max = 0
        self.assertEqual(self.remind("2099-04-20"), [], "none by itself")
        diagnostic.reminder_max = 2
        self.answer(diagnostic.survey_id, self.members[0], 0, 7)
        diagnostic.invalidate_recordset()
        diagnostic.action_close()
        self.assertEqual(self.remind("2099-04-20"), [], "closed")
        diagnostic.action_reopen()
        self.assertEqual(self.remind("2099-04-20"), ["Member 1"])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            diagnostic.reminder_days = 0
            self.env.flush_all()

    def test_a_new_deadline_holds_for_the_invitations_sent(self):
        self.company.partner_id.tz = "UTC"
        diagnostic = self.make(recipient_ids=[Command.set(self.members[:2].ids)], deadline="2017-04-20")
        with self.assertRaisesRegex(UserError, "past"):
            diagnostic.action_send()
        diagnostic.deadline = "2099-04-20"
        with self.mock_mail_gateway():
            diagnostic.action_send()
        diagnostic.deadline = "2099-05-20"
        deadlines = diagnostic.survey_id.sudo().user_input_ids.mapped("deadline")
        self.assertEqual({str(deadline) for deadline in deadlines}, {"2099-05-20 23:59:59"})

    def test_a_deadline_ends_in_the_evening_of_the_association_s_own_time_zone(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members[:1].ids)], deadline="2099-04-20")
        self.company.partner_id.tz = "America/Guadeloupe"
        with self.mock_mail_gateway():
            diagnostic.action_send()
        answer = diagnostic.survey_id.sudo().user_input_ids
        self.assertEqual(str(answer.deadline), "2099-04-21 03:59:59")
        day = format_date(self.env(context={"lang": self.members[0].lang}), date(2099, 4, 20))
        self.assertIn(day, self._new_mails.body_html)
        self.company.partner_id.tz = "Indian/Reunion"
        diagnostic.deadline = "2099-04-21"
        self.assertEqual(str(answer.deadline), "2099-04-21 19:59:59")
        # At 22:00 in UTC it is the next day on La Réunion: the deadline of the 21st is past.
        for day, reached in (("2099-04-21 19:00:00", True), ("2099-04-21 22:00:00", False)):
            with freeze_time(day):
                self.assertEqual(diagnostic._is_past_deadline(), not reached)

    def test_the_team_of_the_mission_reads_its_survey(self):
        diagnostic = self.make()
        diagnostic.action_prepare_survey()
        survey = diagnostic.survey_id.with_user(self.users["colleague"])
        with self.assertRaises(AccessError):
            survey.read(["title"])
        self.mission.adviser_ids = self.users["colleague"]
        self.assertTrue(survey.read(["title"]))
        self.mission.adviser_ids = False
        with self.assertRaises(AccessError):
            survey.read(["title"])

    def test_nobody_links_the_survey_of_another_mission_to_theirs(self):
        diagnostic = self.make()
        diagnostic.action_prepare_survey()
        theirs = self.make_mission(self.users["colleague"])
        Diagnostic = self.env["accompaniment.diagnostic"].with_user(self.users["colleague"])
        own = Diagnostic.create({"mission_id": theirs.id})
        values = {"survey_id": diagnostic.survey_id.id}
        for call in (lambda: own.write(values), lambda: Diagnostic.create({"mission_id": theirs.id, **values})):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()

    def test_nobody_outside_reads_answers(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)])
        with self.mock_mail_gateway():
            diagnostic.action_send()
        self.answer(diagnostic.survey_id, self.members[0], 0, 8)
        user_input = diagnostic.survey_id.sudo().user_input_ids[:1]
        for record in (diagnostic.survey_id, user_input, user_input.user_input_line_ids[:1]):
            record.with_user(self.users["adviser"]).read(["display_name"])
            record.with_user(self.users["coordinator"]).read(["display_name"])
            for role in ("colleague", "director", "outsider"):
                with self.assertRaises(AccessError):
                    record.with_user(self.users[role]).read(["display_name"])
        with self.assertRaises(AccessError):
            diagnostic.with_user(self.users["director"]).read(["answer_ids"])
        for call in ("action_send", "action_remind", "action_close", "action_prepare_survey", "action_propose_members"):
            for role in ("colleague", "director"):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    getattr(diagnostic.with_user(self.users[role]), call)()

    def test_figures_typed_in(self):
        diagnostic = self.make(source="typed", invited_typed=150, respondents_typed=60)
        self.assertEqual((diagnostic.invited, diagnostic.respondents, diagnostic.response_rate), (150, 60, 0.4))
        diagnostic.figure_ids = [
            Command.create({"question": "Who decides?", "label": label, "count": count})
            for label, count in (("Clear", 18), ("Unclear", 42))
        ]
        [chart] = diagnostic._get_charts()
        self.assertEqual(
            (chart.question, chart.base, [bar.share for bar in chart.bars]), ("Who decides?", 60, [0.3, 0.7])
        )
        with self.assertRaisesRegex(ValidationError, "70 people chose “Unclear”"):
            diagnostic.figure_ids[1].count = 70
        diagnostic.action_open()
        diagnostic.action_close()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            diagnostic.respondents_typed = 151
            self.env.flush_all()

    def test_members_of_the_network_are_proposed(self):
        category = self.env.ref("coup_de_pousse_membership.category_association")
        members = self.env["association.member"].create(
            [
                {"partner_id": partner.id, "company_id": self.company.id, "category_id": category.id}
                for partner in self.members[:3]
            ]
        )
        self.members[2].email = False
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE association_member SET state = 'member' WHERE id IN %s", [(members[0].id, members[2].id)]
        )
        self.env.invalidate_all()
        diagnostic = self.make()
        self.assertIn("Member 2", diagnostic.action_propose_members()["params"]["message"], "who has no address")
        self.assertEqual(diagnostic.recipient_ids & self.members, self.members[0])
        self.env["association.correspondent"].create(
            {"member_id": members[2].id, "partner_id": self.members[3].id, "role": "billing"}
        )
        other = self.make(category_ids=[Command.set(category.copy({"name": "Another"}).ids)])
        other.action_propose_members()
        self.assertFalse(other.recipient_ids)
        other.category_ids = category
        other.action_propose_members()
        self.assertEqual(other.recipient_ids & self.members, self.members[0] | self.members[3])

    def test_a_finding_stays_in_its_mission(self):
        finding = self.env["accompaniment.finding"].create(
            {"mission_id": self.mission.id, "name": "Few decide", "stake_id": self.mission.stake_ids.id}
        )
        other = self.make_mission(name="Another", stake_ids=[Command.create({"name": "Position"})])
        with self.assertRaisesRegex(ValidationError, "another mission"):
            finding.stake_id = other.stake_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["accompaniment.finding"].create({"mission_id": self.mission.id, "name": "No stake"})
