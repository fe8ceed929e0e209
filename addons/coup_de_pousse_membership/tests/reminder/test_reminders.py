"""Reminders: the latest step due, once, to those who owe and may be reminded; and a recap."""

import base64
import io
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader
from psycopg2 import IntegrityError

from ...models.letter import association_campaign
from ..common import ADDON
from ..letter.sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestReminders(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = {step.days: step for step in cls.campaign.step_ids}

    def sent(self, count=1, **kwargs):
        """Call members, and let the calls arrive."""
        lines = self.called(count, **kwargs)
        self.send_calls()
        self.run_queue()
        return lines

    def remind(self, day, on=True):
        """Run the morning's job on a day counted from the last day to pay; return the new letters."""
        before = self.logs
        with freeze_time(self.days(day) + " 06:00:00"):
            self.campaign.reminders_on = on
            self.run_cron("cron_send_reminders")
            return self.logs - before

    def due(self, day):
        with freeze_time(self.days(day)):
            return self.campaign._find_due_reminders()

    # ---- which, and once ----

    def test_a_new_campaign_has_steps_and_texts(self):
        self.assertEqual(self.campaign.step_ids.mapped("days"), [-30, 0, 15, 45])
        self.assertEqual(len(self.campaign.step_ids.template_id), 4)
        self.assertFalse(self.campaign.reminders_on, "not before the treasurer has looked")

    def test_steps_in_their_order_each_once(self):
        lines = self.sent(2)
        self.assertFalse(self.remind(-31))
        for day, expected in ((-30, -30), (-29, None), (0, 0), (14, None), (20, 15), (46, 45), (200, None)):
            with self.subTest(day=day):
                logs = self.remind(day)
                self.assertEqual(logs.mapped("step_id.days"), [expected] if expected is not None else [])
                self.assertEqual(len(logs), 0 if expected is None else 2)
                self.assertEqual(len(self.run_queue()), 0 if expected is None else 3, "two members and the recap")
        self.assertEqual(len(lines[0].membership_id.reminder_log_ids), 5)
        self.assertEqual(self.steps[45].sent_count, 2)

    def test_missed_steps_are_not_sent_later(self):
        self.sent(1)
        self.assertEqual(self.remind(50).step_id, self.steps[45])
        self.assertFalse(self.remind(51))

    def test_not_before_the_call_itself(self):
        lines = self.called(1)
        self.assertFalse(self.due(0), "not late, and nobody is known to have sent it")
        self.assertEqual(self.due(50), {lines.move_id: self.steps[45]}, "late: the reminder takes the call along")
        lines.move_id.is_move_sent = True
        self.assertEqual(self.due(50), {lines.move_id: self.steps[45]}, "sent by Odoo's own button")
        lines.move_id.is_move_sent = False
        with freeze_time(self.days(-10)):
            self.send_calls()
            self.run_queue()
        self.assertFalse(self.due(-5), "the call went out after the day of that step")
        self.assertEqual(self.due(0), {lines.move_id: self.steps[0]})

    def test_not_while_the_call_waits_or_came_back(self):
        lines = self.called(2)
        self.send_calls()
        self.assertFalse(self.due(0), "still in the queue")
        self.run_queue()
        self.bounce(lines[0].call_log_id)
        self.assertEqual(set(self.due(0)), {lines[1].move_id})
        lines[0].call_log_id.posted_on = self.today
        self.assertEqual(len(self.due(0)), 2, "posted instead")

    def test_not_switched_on(self):
        self.sent(1)
        self.assertFalse(self.remind(0, on=False))
        with freeze_time(self.days(0) + " 09:00:00"):
            self.campaign.with_user(self.treasurer).action_send_reminders_now()
            self.run_cron("cron_send_reminders")
        self.assertEqual(self.logs.step_id, self.steps[0])
        self.assertFalse(self.remind(15, on=False), "asked for one day only")
        self.campaign.with_user(self.treasurer).action_start_reminders()
        self.assertTrue(self.remind(15))
        self.campaign.with_user(self.treasurer).action_stop_reminders()
        self.assertFalse(self.remind(45, on=False))

    def test_paused_or_closed_campaigns_remind_nobody(self):
        self.sent(1)
        self.campaign.sending_state = "paused"
        self.assertFalse(self.remind(0))
        self.campaign.sending_state = "running"
        self.campaign.state = "closed"
        self.assertFalse(self.remind(0))

    # ---- what stops them ----

    def test_what_stops_them(self):
        lines = self.sent(9)
        paid, partly, reversed_, left, left_later, withdrawn, stopped, cancelled, plain = lines
        self.pay(paid.move_id)
        self.pay(partly.move_id, amount=50)
        reversed_.move_id._reverse_moves([{"invoice_date": self.today}], cancel=True)
        left.member_id._record_departure(self.today, "resigned", False, False, "keep")
        left_later.member_id.write({"left_on": self.days(300), "end_reason": "resigned"})
        withdrawn.membership_id.sudo().withdrawn_on = self.today
        stopped.with_user(self.treasurer)._stop_reminders("Pays in June")
        cancelled.move_id.button_draft()
        cancelled.move_id.button_cancel()
        with freeze_time(self.days(0)):
            self.assertEqual(
                set(self.campaign._find_due_reminders()),
                {partly.move_id, left_later.move_id, plain.move_id},
            )
        logs = self.remind(0)
        self.assertEqual(sorted(logs.mapped("amount")), [70, 120, 120])
        [log] = logs.filtered(lambda log: log.move_id == partly.move_id)
        self.assertIn("70.00", log.message_id.body)
        self.assertIn("settled already", log.message_id.body)
        stopped.with_user(self.treasurer).action_resume_reminders()
        self.assertEqual(set(self.due(1)), {stopped.move_id})

    def test_a_payment_between_two_reminders(self):
        line = self.sent(1)
        self.assertTrue(self.remind(0))
        payment = self.pay(line.move_id)
        self.assertFalse(self.remind(15))
        payment.move_id.line_ids.remove_move_reconcile()
        payment.action_cancel()
        self.assertTrue(self.remind(16), "taken back: owed again")

    def test_one_of_several_on_a_call_is_left_alone(self):
        head = self.env["res.partner"].create({"name": "Head", "is_company": True, "email": "head@example.org"})
        lines = self.sent(2, payer=head)
        lines[0]._stop_reminders("Pays in June")
        self.assertEqual(len(self.due(0)), 1, "the other still owes")
        lines[1]._stop_reminders("So does this one")
        self.assertFalse(self.due(0))

    def test_a_reason_is_asked_for(self):
        line = self.called(1)
        wizard = (
            self.env["association.reminder.stop.wizard"]
            .with_user(self.treasurer)
            .with_context(active_model=line._name, active_ids=line.ids)
            .create({"reason": " "})
        )
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.action_confirm()
        wizard.reason = "Pays in June"
        wizard.action_confirm()
        self.assertEqual((line.no_reminder, line.no_reminder_reason), (True, "Pays in June"))
        with self.assertRaises(IntegrityError), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            line.no_reminder_reason = False
            line.flush_recordset()

    # ---- addresses, recap ----

    def test_recap(self):
        lines = self.sent(4)
        lines[1].partner_id.email = False
        logs = self.remind(0)
        self.assertEqual(sorted(logs.mapped("state")), ["queued"] * 3 + ["to_post"])
        self.run_queue()
        self.bounce(logs.filtered(lambda log: log.move_id == lines[2].move_id))
        recap = self.campaign.message_ids.filtered(lambda message: "reminders" in (message.subject or ""))
        self.assertEqual(recap.notified_partner_ids, self.treasurer.partner_id)
        for text in ("Organisation 0", "to print and post", "Organisation 1", "No e-mail address", "360"):
            self.assertIn(text, recap.body)
        logs = self.remind(15)
        self.assertEqual(len(logs), 4)
        recap = self.campaign.message_ids.filtered(lambda message: "reminders" in (message.subject or ""))[:1]
        self.assertIn("Came back", recap.body)
        # An address that came back is not written to again: its letter is to be posted.
        log = logs.filtered(lambda log: log.move_id == lines[2].move_id)
        self.assertEqual(log.state, "to_post")
        self.assertIn("sent an earlier letter back", log.failure)
        count = len(self.campaign.message_ids)
        self.remind(16)
        self.assertEqual(len(self.campaign.message_ids), count, "nothing new, no recap")

    def test_by_post_it_is_printed_with_its_letter(self):
        partner = self.sent(1).partner_id
        france = self.env.ref("base.fr").id
        partner.write({"street": "3 rue du Port", "zip": "44000", "city": "Nantes", "country_id": france})
        partner.write({"email": False, "lang": "fr_FR"})
        log = self.remind(16)
        call = self.logs - log
        self.assertEqual((log.state, log.step_id.days), ("to_post", 15))
        report = f"{ADDON}.report_reminder_letter_action"
        html = self.env["ir.actions.report"]._render_qweb_html(report, log.ids)[0].decode()
        for text in ("Organisation 0", "3 rue du Port", "44000 Nantes", log.move_id.payment_reference, "120"):
            self.assertIn(text, html)
        self.assertIn(b"3 rue du Port", base64.b64decode(log.document), "made with its row, in the background")
        text = log.with_context(lang="fr_FR")._get_letter_text()
        self.assertIn(text["subject"], html, "in the language of who reads it")
        for logs, pages in ((log, 2), (log + call, 3)):
            with self.plain_pdf():
                partner.street = f"{pages} rue Neuve"  # corrected after the letter was made
                own = logs.with_user(self.treasurer).with_context(force_report_rendering=True)
                log.move_id.invoice_pdf_report_id.raw = own.env["ir.actions.report"]._run_wkhtmltopdf([])
                own.action_print_letters()
            download = self.env["association.spreadsheet"].sudo().search([], order="id desc", limit=1)
            self.assertEqual(PdfFileReader(io.BytesIO(base64.b64decode(download.content))).getNumPages(), pages)
            self.assertNotIn(b"rue du Port", base64.b64decode(log.document), "made anew")

    def test_preview(self):
        lines = self.sent(3)
        lines[1].partner_id.email = False
        lines[2]._stop_reminders("Pays in June")
        with freeze_time(self.days(1)):
            action = self.campaign.with_user(self.users["director"]).action_preview_reminders()
            moves = self.env["account.move"].with_user(self.users["director"])
            shown = moves.search(action["domain"]).sorted("id")
            self.assertEqual(shown, lines.move_id.sorted("id"), "who is late and not reminded is shown with the reason")
            self.assertEqual(shown.mapped("reminder_step_id"), self.steps[0])
            self.assertEqual(
                shown.mapped("reminder_address"),
                [lines[0].partner_id.email_formatted, "No e-mail address.", False],
            )
            self.assertEqual(shown.mapped("reminder_obstacle"), [False, False, "No more reminders: Pays in June"])
            self.assertEqual(shown.mapped("amount_residual"), [120, 120, 120])
            self.assertEqual(self.campaign.reminder_count, 2)
        self.assertEqual(len(self.logs), 3, "a preview sends nothing")

    # ---- twice, killed, many ----

    def test_the_database_refuses_a_second_row(self):
        line = self.sent(1)
        self.remind(0)
        with self.assertRaises(IntegrityError) as caught, self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            self.campaign._send_letters({line.move_id: self.steps[0]})
        self.assertIn("step_once", str(caught.exception))

    def test_rate_and_batches(self):
        self.sent(5)
        self.patch(association_campaign, "BATCH", 1)
        self.campaign.mails_per_hour = 24
        self.assertEqual(len(self.remind(0)), 2)
        with freeze_time(self.days(0) + " 06:10:00"):
            self.run_cron("cron_send_reminders")
        self.assertEqual(len(self.logs), 9)
        self.assertFalse(self.campaign.message_ids.filtered(lambda m: "reminders" in (m.subject or "")), "not done")
        with freeze_time(self.days(0) + " 06:20:00"):
            self.run_cron("cron_send_reminders")
        self.assertEqual(len(self.logs), 10)
        self.assertTrue(self.campaign.message_ids.filtered(lambda m: "5 reminders" in (m.subject or "")))

    def test_killed_and_run_again(self):
        self.sent(2)
        self.campaign.reminders_on = True
        before = self.logs
        with (
            freeze_time(self.days(0)),
            self.assertRaises(KeyboardInterrupt),
            self.env.cr.savepoint(),
            patch.object(type(self.logs), "_post_letter", side_effect=KeyboardInterrupt),
        ):
            self.campaign._send_next_reminders()
        self.env.invalidate_all()
        self.assertEqual(self.logs, before)
        self.assertEqual(len(self.remind(0)), 2)

    def test_queries_do_not_grow(self):
        def queries(lines):
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time(self.days(0)), self.assertQueryCount(40) as _counter:
                start = self.env.cr.sql_log_count
                self.assertEqual(len(self.campaign._find_due_reminders(lines)), len(lines))
                return self.env.cr.sql_log_count - start

        few = self.sent(2)
        many = few | self.sent(8, email="other{}@example.org")
        queries(many)
        self.assertEqual(queries(many), queries(few))

        def shown(lines):
            self.env.invalidate_all()
            with freeze_time(self.days(0)):
                start = self.env.cr.sql_log_count
                lines.move_id.mapped("reminder_address")
                return self.env.cr.sql_log_count - start

        shown(many)
        self.assertEqual(shown(many), shown(few))

    # ---- steps, next year, rights ----

    def test_steps(self):
        self.sent(1)
        self.remind(0)
        with self.assertRaisesRegex(UserError, "Archive them"):
            self.steps[0].with_user(self.treasurer).unlink()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            self.steps[15].days = 0
            self.env.flush_all()
        with self.assertRaisesRegex(UserError, "not written for calls"):
            self.steps[15].template_id = self.env.ref("coup_de_pousse_membership.mail_template_figures")
        self.steps[45].with_user(self.treasurer).active = False
        self.assertEqual(self.due(60), {self.logs.move_id: self.steps[15]})

    def test_next_years_campaign(self):
        self.campaign.mails_per_hour = 100
        self.campaign.write({"reminders_on": True, "sending_state": "running"})
        self.steps[15].write({"days": 20, "name": "After three weeks"})
        copy = self.campaign.copy({"name": "Next year"})
        self.assertEqual(copy.step_ids.mapped("days"), [-30, 0, 20, 45])
        self.assertIn("After three weeks", copy.step_ids.mapped("name"))
        self.assertFalse(copy.step_ids & self.campaign.step_ids)
        self.assertEqual(
            (copy.mails_per_hour, copy.reminders_on, copy.sending_state, copy.call_template_id),
            (100, False, "none", self.campaign.call_template_id),
        )

    def test_roles(self):
        line = self.sent(1)
        for role in ("director", "office"):
            user = self.users[role]
            campaign = self.campaign.with_user(user)
            for method in (
                campaign.action_send_reminders_now,
                campaign.action_start_reminders,
                campaign.action_stop_reminders,
                line.with_user(user).action_resume_reminders,
                self.steps[0].with_user(user).action_edit_text,
                self.steps[0].with_user(user).unlink,
            ):
                with self.subTest(role=role, method=method.__name__), self.assertRaises(AccessError):
                    method()
            with self.assertRaises(AccessError):
                self.env["association.reminder.stop.wizard"].with_user(user).create({"reason": "x"})
            with self.assertRaises(AccessError):
                self.steps[0].with_user(user).days = 3
            # They see what the treasurer sees.
            self.assertIsNotNone(campaign.reminder_count)
            line.with_user(user).read(["no_reminder", "call_due_date"])
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.outsider).action_preview_reminders()
        self.assertEqual(fields.Date.from_string(self.days(0)) - self.due_on, timedelta(0))
