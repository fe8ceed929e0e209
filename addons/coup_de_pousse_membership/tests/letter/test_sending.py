"""Calls go out by mail: once each, to the right person, at a rate, and what comes back is shown."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...models.letter import association_campaign
from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSending(SendingCommon):
    def test_each_call_goes_once(self):
        lines = self.called(3)
        self.assertEqual(self.campaign.waiting_count, 3)
        self.send_calls()
        self.assertEqual(self.states(), ["queued"] * 3)
        self.assertEqual(self.campaign.waiting_count, 0)
        self.assertEqual(lines.mapped("mail_state"), ["queued"] * 3)
        mails = self.logs.message_id.mail_ids
        self.assertEqual(len(mails), 3)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        self.assertEqual(
            sorted(self.run_queue()), ["member0@example.org", "member1@example.org", "member2@example.org"]
        )
        self.assertEqual(self.states(), ["sent"] * 3)
        self.assertEqual(lines.mapped("mail_state"), ["sent"] * 3)
        self.send_calls()
        self.assertEqual(len(self.logs), 3)
        self.assertFalse(self.run_queue())

    def test_the_mail(self):
        line = self.called(1)
        self.campaign = self.campaign.with_context(force_report_rendering=True)
        self.campaign.sending_state = "running"
        # The server that has the styles waits for this test, and the engine for the server: where nobody
        # answers, the engine complains, and prints all the same.
        self.env["ir.config_parameter"].set_param("report.url", "http://127.0.0.1:9")
        with self.printing(), mute_logger("odoo.addons.base.models.ir_actions_report"):
            self.campaign._send_next_calls()
        log = self.logs
        mail = log.message_id.mail_ids
        self.assertEqual(mail.recipient_ids, line.partner_id)
        self.assertEqual(mail.email_from, self.company.email_formatted)
        self.assertIn(str(self.year), mail.subject)
        body = mail.body_html.replace(" ", "")
        for text in ("Organisation0", "120.00", self.bank.sanitized_acc_number, line.move_id.payment_reference):
            self.assertIn(text.replace(" ", ""), body)
        self.assertTrue(mail.attachment_ids.raw.startswith(b"%PDF"))
        self.assertEqual(mail.attachment_ids.checksum, line.move_id.invoice_pdf_report_id.checksum)
        self.assertTrue(line.move_id.is_move_sent)
        self.assertEqual((log.amount, log.email, log.step_id.id), (120, "member0@example.org", False))
        self.assertEqual(log.membership_ids, line.membership_id)
        self.assertEqual(line.membership_id.reminder_log_ids, log)

    def test_in_the_recipients_language(self):
        lines = self.called(2)
        lines[0].partner_id.lang = "fr_FR"
        self.company.email = "office@network.example.org"
        template = self.campaign.call_template_id
        template.with_context(lang="fr_FR").subject = "Votre cotisation"
        self.send_calls()
        french, english = (lines[index].call_log_id.message_id for index in (0, 1))
        self.assertEqual(french.subject, "Votre cotisation")
        self.assertIn("your membership fee", english.subject)

    def test_one_mail_for_the_payer_of_several(self):
        head = self.env["res.partner"].create({"name": "Head", "is_company": True, "email": "head@example.org"})
        lines = self.called(3, payer=head)
        self.assertEqual(self.campaign.waiting_count, 1)
        self.send_calls()
        self.assertEqual(len(self.logs), 1)
        self.assertEqual(lines.mapped("mail_state"), ["queued"] * 3)
        body = self.logs.message_id.body
        for name in lines.partner_id.mapped("name"):
            self.assertIn(name, body)
        self.assertEqual(self.run_queue(), ["head@example.org"])

    def test_to_the_billing_correspondent_and_nobody_else(self):
        lines = self.called(3)
        contacts = self.env["res.partner"].create(
            [
                {"name": "Inside", "email": "inside@example.org", "parent_id": lines[0].partner_id.id},
                {"name": "Accountant elsewhere", "email": "accountant@example.org"},
                {"name": "Without mail", "parent_id": lines[2].partner_id.id},
            ]
        )
        for line, contact in zip(lines, contacts, strict=True):
            self.env["association.correspondent"].create(
                {"member_id": line.member_id.id, "partner_id": contact.id, "role": "billing"}
            )
        # Followers of a call do not get a copy.
        lines.move_id.message_subscribe(self.treasurer.partner_id.ids)
        self.send_calls()
        self.assertEqual(
            sorted(self.run_queue()), ["accountant@example.org", "inside@example.org", "member2@example.org"]
        )

    def test_without_address_to_post(self):
        lines = self.called(3, email=None)
        lines[1].partner_id.email = "not an address"
        lines[2].partner_id.email = "member@example.org"
        self.send_calls()
        self.assertEqual(lines.mapped("mail_state"), ["to_post", "to_post", "queued"])
        self.assertEqual(lines[0].mail_failure, "No e-mail address.")
        self.assertIn("“not an address”", lines[1].mail_failure)
        self.assertEqual((self.campaign.to_post_count, self.campaign.queued_count), (2, 1))
        [card] = [
            card
            for card in self.env["association.overview"].with_user(self.treasurer)._get_cards(self.grid, self.today)
            if card and card["name"] == "letters_to_post"
        ]
        self.assertEqual(card["count"], 2)
        logs = lines[:2].call_log_id.with_user(self.treasurer)
        self.assertTrue(lines[0].move_id.invoice_pdf_report_id, "printed with the others, ready to post")
        logs.action_mark_posted()
        self.assertEqual(lines.mapped("mail_state"), ["posted", "posted", "queued"])
        self.assertEqual(set(logs.mapped("posted_on")), {self.today})

    def test_what_is_settled_is_not_called(self):
        lines = self.called(3)
        self.pay(lines[0].move_id)
        lines[1].move_id._reverse_moves([{"invoice_date": self.today}], cancel=True)
        self.send_calls()
        self.assertEqual(self.logs.move_id, lines[2].move_id)

    # ---- rate, pause ----

    def test_rate(self):
        self.called(5)
        self.campaign.mails_per_hour = 24  # two each five minutes
        self.send_calls()
        self.assertEqual(len(self.logs), 2)
        self.send_calls()
        self.assertEqual(len(self.logs), 2, "not before five minutes")
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("coup_de_pousse_membership.cron_send_calls").id)]
        )
        self.assertTrue(triggers.filtered(lambda trigger: trigger.call_at > fields.Datetime.now()))
        with freeze_time(fields.Datetime.now() + timedelta(minutes=6)):
            self.send_calls()
        self.assertEqual(len(self.logs), 4)
        self.assertEqual(self.campaign.waiting_count, 1)

    def test_pause_and_resume(self):
        self.called(2)
        campaign = self.campaign.with_user(self.treasurer)
        campaign.action_start_sending()
        campaign.action_pause_sending()
        self.run_cron("cron_send_calls")
        self.assertFalse(self.logs)
        campaign.action_start_sending()
        self.run_cron("cron_send_calls")
        self.assertEqual(len(self.logs), 2)

    def test_pause_is_heard_between_two_batches(self):
        self.called(3)
        self.patch(association_campaign, "BATCH", 1)
        send = type(self.campaign)._send_letters

        def pause(campaign, steps):
            logs = send(campaign, steps)
            campaign.sending_state = "paused"
            return logs

        with patch.object(type(self.campaign), "_send_letters", pause):
            self.send_calls()
        self.assertEqual(len(self.logs), 1)

    def test_what_is_missing_is_said(self):
        with self.assertRaisesRegex(UserError, "nobody was called"):
            self.campaign.action_start_sending()
        self.called(1)
        self.company.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address to send from"):
            self.campaign.action_start_sending()
        self.company.email = "office@network.example.org"
        self.campaign.call_template_id = False
        with self.assertRaisesRegex(UserError, "text of the call"):
            self.campaign.action_start_sending()

    # ---- killed, twice, wrong ----

    def test_killed_and_run_again(self):
        """What was not committed is undone with its mail; the next run sends it, and only it."""
        self.called(4)
        self.patch(association_campaign, "BATCH", 2)
        self.campaign.sending_state = "running"
        self.campaign._send_next_calls()
        self.env.flush_all()
        first = self.logs
        before = self.env["mail.mail"].search_count([])
        with (
            self.assertRaises(KeyboardInterrupt),
            self.env.cr.savepoint(),
            patch.object(type(first), "_post_letter", side_effect=KeyboardInterrupt),
        ):
            self.campaign._send_next_calls()
        self.env.invalidate_all()
        self.assertEqual(self.logs, first)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.send_calls()
        self.assertEqual(len(self.logs), 4)
        self.assertEqual(len(self.run_queue()), 4)

    def test_the_database_refuses_a_second_row(self):
        lines = self.called(1)
        self.send_calls()
        with self.assertRaises(IntegrityError) as caught, self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            self.campaign._send_letters({lines.move_id: self.env["association.reminder.step"]})
            self.env.flush_all()
        self.assertIn("call_once", str(caught.exception))
        self.assertEqual(len(self.run_queue()), 1)

    def test_lines_held_by_another_run_are_left_to_it(self):
        lines = self.called(2)
        self.campaign.sending_state = "running"
        with patch.object(type(lines), "try_lock_for_update", lambda records, **_kw: records[:1]):
            self.assertEqual(self.campaign._send_next_calls(), 1)
        self.assertEqual(self.logs.move_id, lines[0].move_id)

    def test_a_wrong_text_is_told(self):
        lines = self.called(1)
        with patch.object(type(self.env["mail.template"]), "_render_field", side_effect=UserError("no such field")):
            self.send_calls()
        self.assertEqual(lines.mail_state, "failed")
        self.assertIn("could not be filled in", lines.mail_failure)

    # ---- what comes back ----

    def open_address(self, line):
        """Open the dialog that corrects the address of a recipient."""
        action = line.with_user(self.treasurer).action_correct_address()
        wizards = self.env["association.letter.address.wizard"].with_user(self.treasurer)
        return wizards.with_context(**action["context"]).create({})

    def test_bounce(self):
        lines = self.called(2)
        self.send_calls()
        self.run_queue()
        log = lines[0].call_log_id
        self.bounce(log)
        self.assertEqual(lines.mapped("mail_state"), ["bounced", "sent"])
        self.assertIn("unknown user", lines[0].mail_failure)
        self.assertEqual(self.campaign.unreached_count, 1)
        log.with_user(self.treasurer).action_send_again()
        self.assertEqual(lines[0].mail_state, "queued", "asked for by hand: tried once more")
        self.run_queue()
        self.bounce(log)
        # Corrected, and sent again: the same row, one more mail.
        wizard = self.open_address(lines[0])
        self.assertEqual(wizard.email, "member0@example.org")
        wizard.email = "wrong"
        with self.assertRaisesRegex(UserError, "not an e-mail address"):
            wizard.action_confirm()
        wizard.email = "right@example.org"
        wizard.action_confirm()
        self.assertEqual(lines[0].partner_id.email, "right@example.org")
        self.assertEqual((lines[0].call_log_id, lines[0].mail_state), (log, "queued"))
        self.assertEqual(self.run_queue(), ["right@example.org"])
        self.assertEqual(lines.mapped("mail_state"), ["sent", "sent"])

    def test_a_mail_that_fails(self):
        lines = self.called(1)
        self.send_calls()
        mail = lines.call_log_id.message_id.mail_ids
        with (
            self.mock_mail_gateway(),
            patch.object(type(self.env["ir.mail_server"]), "send_email", side_effect=OSError("no route to host")),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            mail.send()
        self.env.invalidate_all()
        self.assertEqual(lines.mail_state, "failed")
        self.assertIn("no route to host", lines.mail_failure)
        lines.call_log_id.with_user(self.treasurer).action_send_again()
        self.assertEqual(mail.state, "cancel", "the old mail must not go too when the queue is run by hand")
        self.assertEqual(self.run_queue(), ["member0@example.org"])
        with self.assertRaisesRegex(UserError, "Already on their way"):
            lines.call_log_id.with_user(self.treasurer).action_send_again()

    def test_an_address_that_the_server_refuses(self):
        lines = self.called(1)
        self.send_calls()
        refused = "SMTPRecipientsRefused: {'member0@example.org': (550, b'5.1.1 no such mailbox')}"
        with (
            self.mock_mail_gateway(),
            patch.object(type(self.env["ir.mail_server"]), "send_email", side_effect=OSError(refused)),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            lines.call_log_id.message_id.mail_ids.send()
        self.env.invalidate_all()
        said = "The mail server refused member0@example.org: 550 5.1.1 no such mailbox. Correct the address."
        self.assertEqual(lines.mail_failure, said)

    # ---- queries, rights ----

    def test_queries_of_the_selection(self):
        few = self.called(2)
        many = few | self.called(8, email="other{}@example.org")

        def queries(lines):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.campaign._count_waiting()
            recipients = lines.move_id._get_letter_recipients()
            self.assertTrue(all(partner.email_formatted for partner, _why in recipients.values()))
            return self.env.cr.sql_log_count - start

        queries(many)
        self.assertEqual(queries(many), queries(few))

    def test_roles(self):
        lines = self.called(1, email=None)
        self.send_calls()
        log = self.logs
        for role in ("director", "office"):
            user = self.users[role]
            self.assertEqual(log.with_user(user).failure, "No e-mail address.")
            self.assertEqual(lines.with_user(user).mail_state, "to_post")
            campaign = self.campaign.with_user(user)
            for method in (
                campaign.action_start_sending,
                campaign.action_pause_sending,
                campaign.action_edit_call_text,
                log.with_user(user).action_send_again,
                log.with_user(user).action_mark_posted,
                log.with_user(user).action_correct_address,
                lines.with_user(user).action_correct_address,
            ):
                with self.subTest(role=role, method=method.__name__), self.assertRaises(AccessError):
                    method()
            with self.assertRaises(AccessError):
                log.with_user(user).posted_on = self.today

    def test_nobody_rewrites_what_was_sent(self):
        self.called(1, email=None)
        self.send_calls()
        log = self.logs
        for method in ("read", "action_view_letters"):
            with self.assertRaises(AccessError):
                getattr(self.campaign.with_user(self.outsider), method)()
        with self.assertRaises(AccessError):
            log.with_user(self.outsider).action_print_letters()
        # Even the treasurer does not rewrite what was sent.
        for vals in ({"email": "x@example.org"}, {"state": "sent"}, {"step_id": False, "posted_on": self.today}):
            with self.assertRaises(AccessError):
                log.with_user(self.treasurer).write(vals)
        with self.assertRaises(AccessError):
            log.with_user(self.treasurer).unlink()

    def test_another_association_sees_nothing(self):
        self.called(1)
        self.send_calls()
        other = (
            self.company_data_2["company"]
            if hasattr(self, "company_data_2")
            else self.env["res.company"].create({"name": "Other"})
        )
        user = self.treasurer.copy({"login": "other", "company_id": other.id, "company_ids": [(6, 0, other.ids)]})
        self.assertFalse(self.env["association.reminder.log"].with_user(user).search([]))
        self.assertFalse(self.env["association.reminder.step"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.logs.with_user(user).action_send_again()
