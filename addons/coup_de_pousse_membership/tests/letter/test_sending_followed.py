"""The screen follows the sending, and says what is in its way."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import config

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSendingIsFollowed(SendingCommon):
    """How many, how many without address, at what rate, and what keeps mails from leaving: before and during."""

    def ask(self):
        action = self.campaign.with_user(self.treasurer).action_ask_sending()
        wizard = self.env[action["res_model"]].with_user(self.treasurer)
        return wizard.with_context(**action["context"]).create({})

    def test_what_is_asked_before(self):
        self.called(3)[0].partner_id.email = False
        servers = self.env["ir.mail_server"].sudo().search([])
        servers.active = False
        with patch.dict(config.options, {"smtp_server": "localhost"}):
            wizard = self.ask()
            self.assertEqual((wizard.count, wizard.mail_count, wizard.post_count), (3, 2, 1))
            self.assertEqual((wizard.mails_per_hour, wizard.duration), (300, "1 min"))
            self.assertIn("No mail server is set up", wizard.problem)
        wizard.mails_per_hour = 1
        self.assertEqual(wizard.duration, "2 h")
        wizard.action_confirm()
        self.assertEqual((self.campaign.mails_per_hour, self.campaign.sending_state), (1, "running"))
        self.assertTrue(self.campaign.is_working)

    def test_only_of_a_campaign_that_one_may_change(self):
        self.called()
        for user in (self.users["director"], self.outsider):
            with self.assertRaises(AccessError):
                self.campaign.with_user(user).action_ask_sending()
        other = self.users["treasurer"].copy({"login": "other_treasurer"})
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        with self.assertRaises(AccessError):
            self.env["association.sending.wizard"].with_user(other).create({"campaign_id": self.campaign.id})

    def test_a_server_that_does_not_answer(self):
        self.called()
        server = self.env["ir.mail_server"].sudo().create({"name": "Ours", "smtp_host": "127.0.0.1", "smtp_port": 1})
        self.env["ir.mail_server"].sudo().search([("id", "!=", server.id)]).active = False
        self.assertIn("127.0.0.1 does not answer", self.ask().problem)
        with patch.object(type(server), "_try_to_reach", lambda *args: None):
            self.assertFalse(self.ask().problem)

    def test_the_screen_follows_the_sending(self):
        self.called(3)[0].partner_id.email = False
        self.send_calls()
        self.assertTrue(self.campaign.is_working)
        self.assertIn("1 of 3 calls dealt with: 0 sent, 2 in the queue, 1 to post", self.campaign.sending_text)
        self.run_queue()
        self.assertEqual(self.campaign.sending_progress, 100)
        self.assertFalse(self.campaign.is_working)
        self.assertFalse(self.campaign.sending_problem)

    def test_what_does_not_leave_is_said_meanwhile(self):
        self.called(2)
        self.send_calls()
        silent = patch.object(type(self.env["ir.mail_server"]), "_find_sending_problem", lambda *args, **kwargs: None)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=20)), silent:
            self.assertIn("wait in the queue", self.campaign.sending_problem)
        notifications = self.logs.message_id.notification_ids
        notifications.sudo().write({"notification_status": "exception", "failure_reason": "Authentication failed"})
        self.env.invalidate_all()
        self.assertIn("2 mails were not sent", self.campaign.sending_problem)
        self.assertIn("Authentication failed", self.campaign.sending_problem)
