"""What a beneficiary answers by the link of a review."""

import re
from unittest.mock import patch

from freezegun import freeze_time
from odoo.addons.mail.tests.common import MailCommon
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestReviewPage(AccompanimentCommon, MailCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lianes.write({"email": "contact@lianes.example", "lang": "en_US"})
        cls.mission = cls.make_mission(
            effect_ids=[
                Command.create({"name": "Reorganisation begun", "horizon": "short"}),
                Command.create({"name": "Team refocused", "horizon": "medium"}),
            ]
        )
        cls.mission.action_start()
        cls.mission.action_close()
        cls.closing, cls.review, *_later = cls.mission.review_ids
        cls.review.action_propose()
        cls.begun, cls.team = cls.review.answer_ids.sorted(lambda line: line.horizon != "short")

    def post(self, url, files=None, **form):
        """Send the page as a browser does: with the token that it read from it."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(url).text)
        return self.url_open(url, data={"csrf_token": token and token[1], **form}, files=files)

    def tell(self, line, answer, evidence="", day="2018-01-10"):
        return {f"answer_{line.id}": answer, f"evidence_{line.id}": evidence, f"day_{line.id}": day}

    def test_a_beneficiary_answers_and_the_adviser_confirms(self):
        url = self.review._get_page_url()
        page = self.url_open(url).text
        self.assertIn("Reorganisation begun", page)
        self.assertNotIn("/web/login", page)
        told = self.tell(self.begun, "seen", "New chart <b>")
        files = {f"file_{self.begun.id}": ("chart.pdf", b"%PDF-1.4 chart", "application/pdf")}
        self.assertIn("Thank you", self.post(url, files=files, **told).text)
        self.assertRecordValues(
            self.begun, [{"told_answer": "seen", "told_evidence": "New chart <b>", "answer": False}]
        )
        self.assertEqual(self.begun.attachment_ids.mapped("name"), ["chart.pdf"])
        self.assertFalse(self.begun.effect_id.observed, "it counts once confirmed")
        self.assertTrue(self.review.answered_on)
        self.assertIn(self.users["adviser"].partner_id, self.review.message_ids.partner_ids)
        page = self.url_open(url).text
        self.assertIn("New chart &lt;b&gt;", page, "what was told can be completed")
        self.post(url, **self.tell(self.team, "not_yet"))
        review = self.review.with_user(self.users["adviser"])
        self.team.write({"answer": "partly", "evidence": "Seen on site", "observed_on": "2018-01-12"})
        review.action_take_over()
        self.assertRecordValues(
            self.mission.effect_ids,
            [{"observed": "seen", "evidence": "New chart <b>"}, {"observed": "partly", "evidence": "Seen on site"}],
        )
        with self.assertRaisesRegex(UserError, "Nothing to take over"):
            review.action_take_over()
        review.action_done()
        self.assertEqual(self.url_open(url).status_code, 410, "the link closes with the review")
        review.action_reopen()
        self.assertEqual(self.url_open(url).status_code, 410, "an old link opens nothing any more")
        self.assertEqual(self.url_open(review._get_page_url()).status_code, 200)

    def test_what_is_missing_is_said_and_nothing_is_kept(self):
        url = self.review._get_page_url()
        fine = self.tell(self.begun, "seen", "New chart")
        for form, files, sentence in (
            ({}, None, "one effect at least"),
            ({**fine, **self.tell(self.team, "partly")}, None, "what shows it"),
            ({**fine, **self.tell(self.team, "seen", "Yes", "2999-01-01")}, None, "still to come"),
            ({**fine, **self.tell(self.team, "seen", "Yes", "soon")}, None, "which day"),
            ({**fine, **self.tell(self.team, "", "Yes")}, None, "three answers"),
            (fine, {f"file_{self.begun.id}": ("page.html", b"<script>", "text/html")}, "page.html is none"),
        ):
            with self.subTest(sentence=sentence):
                page = self.post(url, files=files, **form).text
                self.assertIn(sentence, page)
                self.assertIn("New chart" if form else "Send", page, "what was typed is still there")
                self.assertFalse(any(self.review.answer_ids.mapped("told_answer")))
                self.assertFalse(self.review.answer_ids.attachment_ids)

    def test_what_was_seen_today_is_not_to_come_where_the_association_is(self):
        self.company.partner_id.tz = "Pacific/Kiritimati"
        tomorrow = str(self.company._get_own_today())
        page = self.post(self.review._get_page_url(), **self.tell(self.begun, "seen", "Chart", tomorrow)).text
        self.assertIn("Thank you", page)

    def test_documents_are_few_and_small(self):
        module = "odoo.addons.accompaniment.models.effect.accompaniment_review"
        files = {f"file_{self.begun.id}": ("chart.pdf", b"%PDF-1.4 chart", "application/pdf")}
        for limit, sentence in (("LARGEST", "larger"), ("MOST", "already")):
            with patch(f"{module}.{limit}", 0):
                page = self.post(
                    self.review._get_page_url(), files=files, **self.tell(self.begun, "seen", "Chart")
                ).text
            self.assertIn(sentence, page)

    def test_no_other_link_opens_it(self):
        url = self.review._get_page_url()
        start, token = url.rsplit("/", 1)
        planned = self.mission.review_ids[-1]
        for wrong in (
            f"{start}/{token[:-1]}",
            f"{start}/False",
            url.replace(f"/{self.review.id}/", f"/{self.closing.id}/"),
            f"/accompaniment/review/{planned.id}/False",
            f"/accompaniment/review/0/{token}",
        ):
            self.assertEqual(self.url_open(wrong).status_code, 410, wrong)
        for role in ("adviser", "director", "coordinator"):
            with self.assertRaises(AccessError):
                self.review.with_user(self.users[role]).read(["access_token"])
            self.assertNotIn("access_token", self.review.with_user(self.users[role]).fields_get())

    def test_satisfaction_is_asked_at_closing(self):
        url = self.closing._get_page_url()
        mail = self.env["mail.mail"].search([("body_html", "like", url)])
        self.assertEqual(mail.recipient_ids, self.lianes)
        self.assertIn("four answers", self.post(url).text)
        self.assertIn("Thank you", self.post(url, satisfaction="3", satisfaction_note=" Well led ").text)
        self.assertRecordValues(self.mission, [{"satisfaction": "3", "satisfaction_note": "Well led"}])
        self.assertEqual(self.closing.state, "done")
        self.assertEqual(self.url_open(url).status_code, 410, "answered once")

    def test_satisfaction_told_otherwise_closes_the_question(self):
        self.mission.satisfaction = "4"
        self.assertEqual(self.closing.state, "done")
        told = self.make_mission(name="Another", satisfaction="2")
        told.action_start()
        told.action_close()
        self.assertEqual(told.review_ids.mapped("months"), [6, 12, 18])

    def test_nobody_of_the_association_reads_the_link(self):
        self.review.with_user(self.users["adviser"]).action_remind()
        mails = self.env["mail.mail"].search([("body_html", "like", "/accompaniment/review/")])
        self.assertEqual(len(mails), 3, "at closing, at the review, and once more: none is sent yet")
        for role in ("adviser", "director", "coordinator"):
            found = self.env["mail.message"].with_user(self.users[role]).search([("body", "like", "/review/")])
            self.assertFalse(found, role)

    def test_each_beneficiary_answers_for_itself(self):
        self.region.email = "contact@region.example"
        role = {"partner_id": self.region.id, "role": "beneficiary"}
        mission = self.make_mission(
            participant_ids=[Command.create(role), Command.create({**role, "role": "pilot"})],
            effect_ids=[Command.create({"name": "One calendar", "horizon": "short"})],
        )
        mission.action_start()
        mission.action_close()
        self.assertCountEqual(
            [(review.partner_id, review.months) for review in mission.review_ids],
            [(partner, months) for partner in (self.lianes, self.region) for months in (0, 6, 12, 18)],
        )
        closing, review = (mission.review_ids.filtered(lambda r, m=months: r.months == m) for months in (0, 6))
        main, other = closing.sorted(lambda r: r.partner_id != self.lianes)
        self.post(other._get_page_url(), satisfaction="2")
        self.assertRecordValues(main | other, [{"state": "proposed"}, {"state": "done"}])
        self.assertFalse(mission.satisfaction, "it is the main beneficiary's")
        self.post(main._get_page_url(), satisfaction="4")
        self.assertRecordValues(main | other, [{"satisfaction": "4"}, {"satisfaction": "2"}])
        self.assertEqual(mission.satisfaction, "4")

        review.with_user(self.users["adviser"]).action_propose()
        main, other = review.sorted(lambda r: r.partner_id != self.lianes)
        sent = self.env["mail.mail"].search([("body_html", "like", other._get_page_url())])
        self.assertEqual(sent.recipient_ids, self.region)
        self.assertIn("(Région)", other.display_name)
        self.post(other._get_page_url(), **self.tell(other.answer_ids, "seen", "Shared"))
        self.assertFalse(main.answer_ids.told_answer)
        other.action_take_over()
        self.assertRecordValues(mission.effect_ids, [{"observed": "seen", "evidence": "Shared"}])
        main.answer_ids.answer = "not_yet"
        self.assertRecordValues(mission.effect_ids, [{"observed": "partly", "evidence": "Région: Shared"}])

    def remind(self, day):
        with (
            freeze_time(f"{day} 06:00:00"),
            self.mock_mail_gateway(),
            patch.object(type(self.env["ir.cron"]), "_commit_progress"),
        ):
            self.env["accompaniment.review"]._cron_propose()
            return sorted(self._new_mails.mapped("subject"))

    def test_whoever_does_not_answer_is_reminded_once(self):
        self.company.accompaniment_review_reminder_days = 10
        (self.review | self.closing).sudo().proposed_on = "2017-01-05"
        self.assertEqual(self.remind("2017-01-14"), [])
        self.closing.sudo().answered_on = "2017-01-10"
        self.assertEqual(self.remind("2017-01-15"), ["Reminder: Rethink the strategy"])
        self.assertEqual(self.remind("2017-02-15"), [])
        self.review.sudo().reminded_on = False
        self.company.accompaniment_review_reminder_days = 0
        self.assertEqual(self.remind("2017-02-15"), [], "by the setting: never")
        with self.mock_mail_gateway():
            self.review.action_remind()
        self.assertIn(self.review.sudo().access_token, self._new_mails.body_html)
        self.review._finish()
        with self.assertRaisesRegex(UserError, "while the review is open"):
            self.review.action_remind()
