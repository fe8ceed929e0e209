from odoo.addons.mail.tests.common import MailCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..calculation.answers import bars, rate
from .common import AccompanimentCommon


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

    def answer(self, survey, partner, choices, scale):
        """Answer as a recipient does: two choices by question, a scale."""
        user_input = survey.sudo().user_input_ids.filtered(lambda i: i.partner_id == partner)
        for question in survey.sudo().question_ids:
            if question.question_type == "scale":
                user_input._save_lines(question, str(scale))
            elif question.suggested_answer_ids:
                user_input._save_lines(question, str(question.suggested_answer_ids[choices].id))
        user_input._mark_done()

    def test_sent_answered_reminded_closed(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)])
        with self.mock_mail_gateway():
            diagnostic.action_send()
        self.assertEqual(len(self._new_mails), 5)
        self.assertEqual((diagnostic.invited, diagnostic.respondents, diagnostic.state), (5, 0, "open"))
        with self.assertRaisesRegex(UserError, "Nobody answered"):
            diagnostic.action_close()
        with self.assertRaises(ValidationError):
            diagnostic.state = "closed"
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
        self.assertEqual(diagnostic.reminder_count, 1)
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
        with self.assertRaisesRegex(UserError, "close it instead"):
            diagnostic.unlink()

    def test_charts_count_and_name_nobody(self):
        diagnostic = self.make(recipient_ids=[Command.set(self.members.ids)])
        with self.mock_mail_gateway():
            diagnostic.action_send()
        for member, choice in zip(self.members, (0, 0, 1, 0, 1), strict=True):
            self.answer(diagnostic.survey_id, member, choice, 7)
        diagnostic.invalidate_recordset()
        question, base, chart = diagnostic._get_charts()[0]
        self.assertIn("use most", question)
        self.assertEqual(base, 5)
        self.assertEqual([(bar.count, bar.share) for bar in chart[:3]], [(3, 0.6), (2, 0.4), (0, 0)])
        scale = next(c for c in diagnostic._get_charts() if "represent" in c[0])[2]
        self.assertEqual([bar.count for bar in scale], [0] * 7 + [5] + [0] * 3)
        html = diagnostic.with_user(self.users["director"]).chart_html
        self.assertIn("3 (60 %)", html)
        self.assertNotIn("Member 0", html)

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
        [(question, base, chart)] = diagnostic._get_charts()
        self.assertEqual((question, base, [bar.share for bar in chart]), ("Who decides?", 60, [0.3, 0.7]))
        diagnostic.action_open()
        diagnostic.action_close()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            diagnostic.respondents_typed = 151
            self.env.flush_all()

    def test_members_of_the_network_are_proposed(self):
        category = self.env.ref("coup_de_pousse_membership.category_association")
        member = self.env["association.member"].create(
            {"partner_id": self.members[0].id, "company_id": self.company.id, "category_id": category.id}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE association_member SET state = 'member' WHERE id = %s", [member.id])
        self.env.invalidate_all()
        diagnostic = self.make()
        diagnostic.action_propose_members()
        self.assertIn(self.members[0], diagnostic.recipient_ids)
        self.assertNotIn(self.members[1], diagnostic.recipient_ids)

    def test_a_finding_stays_in_its_mission(self):
        finding = self.env["accompaniment.finding"].create(
            {"mission_id": self.mission.id, "name": "Few decide", "stake_id": self.mission.stake_ids.id}
        )
        other = self.make_mission(name="Another", stake_ids=[Command.create({"name": "Position"})])
        with self.assertRaisesRegex(ValidationError, "another mission"):
            finding.stake_id = other.stake_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["accompaniment.finding"].create({"mission_id": self.mission.id, "name": "No stake"})

    def test_rates_and_bars(self):
        self.assertEqual((rate(150, 60), rate(0, 0), rate(10, 10)), (0.4, None, 1))
        for invited, respondents in ((10, 11), (-1, 0), (1, -1)):
            with self.assertRaises(ValueError):
                rate(invited, respondents)
        self.assertEqual([bar.share for bar in bars([("a", 3), ("b", 0)], 0)], [0, 0])
        self.assertEqual([bar.share for bar in bars([("a", 3), ("b", 2)], 4)], [0.75, 0.5])
