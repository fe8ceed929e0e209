"""A campaign that has called, and sends; mails, prints and bounces are played."""

import io
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.mail.tests.common import MockEmail
from odoo.tools.pdf import PdfFileWriter

from ..common import ADDON, MembershipCommon

BOUNCE = """Return-Path: <MAILER-DAEMON>
X-Original-To: {bounce}
Delivered-To: {bounce}
Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {bounce}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
    boundary="BOUNDARY"
Message-Id: <bounce-{number}@mail.example.org>

--BOUNDARY
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

The mail system: <{email}>: unknown user

--BOUNDARY
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Sender: rfc822; {bounce}
Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)

Final-Recipient: rfc822; {email}
Original-Recipient: rfc822;{email}
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Postfix; unknown user

--BOUNDARY
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <{bounce}>
From: network@example.org
To: {email}
Message-Id: {message_id}
Subject: Your fee

Dear member

--BOUNDARY--
"""


class SendingCommon(MockEmail, MembershipCommon):
    """A campaign whose members are called, with Odoo's own mail queue; only SMTP is played."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(lang)
        for user in (cls.env.user, *cls.users.values()):
            user.lang = "en_US"
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.domain = cls.env["mail.alias.domain"].create(
            {"name": "network.example.org", "bounce_alias": "bounce", "catchall_alias": "catchall"}
        )
        cls.company.write({"email": "office@network.example.org", "alias_domain_id": cls.domain.id})
        cls.bank = cls.env["res.partner.bank"].create(
            {"acc_number": "FR7630006000011234567890189", "partner_id": cls.company.partner_id.id}
        )
        cls.grid = cls.make_grid([(None, None, 120)])
        cls.issued_on = cls.today - timedelta(days=5)
        cls.due_on = cls.today + timedelta(days=40)
        cls.treasurer = cls.users["treasurer"]
        cls.campaign = cls.make_called_campaign()
        # What the database holds besides is none of these tests' business.
        others = cls.env["association.campaign"].sudo().search([("id", "!=", cls.campaign.id)])
        others.write({"sending_state": "none", "reminders_on": False, "reminders_asked_on": False})
        cls.last_mail = cls.env["mail.mail"].sudo().search([], order="id desc", limit=1).id or 0

    @classmethod
    def make_called_campaign(cls):
        """Make a campaign as the run leaves it: it has called."""
        return (
            cls.env["association.campaign"]
            .sudo()
            .create(
                {
                    "name": "Fees",
                    "grid_id": cls.grid.id,
                    "company_id": cls.company.id,
                    "state": "done",
                    "recap_user_id": cls.treasurer.id,
                }
            )
        )

    def setUp(self):
        super().setUp()
        moves = type(self.env["account.move"])
        self.print_calls = moves._print_calls
        self.patch(moves, "_print_calls", self.attach)

    @staticmethod
    def attach(moves):
        """Give each call a document at once, in place of printing it."""
        moves.env["ir.attachment"].sudo().create(
            [
                {
                    "name": f"{move.id}.pdf",
                    "raw": b"%PDF-1.4 nothing",
                    "res_model": move._name,
                    "res_id": move.id,
                    "res_field": "invoice_pdf_report_file",
                }
                for move in moves
            ]
        )
        moves.invalidate_recordset(["invoice_pdf_report_id"])
        moves.is_move_sent = True

    def printing(self):
        """Print in earnest."""
        return patch.object(type(self.env["account.move"]), "_print_calls", self.print_calls)

    @classmethod
    def call(cls, members, payer=None, campaign=None, **emails):
        """Call members in the campaign; return its lines."""
        memberships = cls.make_memberships(members, cls.grid)
        if payer:
            memberships.payer_id = payer
        moves = memberships._issue_calls(cls.issued_on, cls.due_on)
        by_membership = {line.membership_id: line.move_id for line in moves.line_ids if line.membership_id}
        return (
            cls.env["association.campaign.line"]
            .sudo()
            .create(
                [
                    {
                        "campaign_id": (campaign or cls.campaign).id,
                        "member_id": membership.member_id.id,
                        "state": "called",
                        "amount": membership.amount,
                        "membership_id": membership.id,
                        "move_id": by_membership[membership].id,
                    }
                    for membership in memberships
                ]
            )
        )

    @classmethod
    def called(cls, count=1, email="member{}@example.org", **kwargs):
        """Make members with an address, and call them."""
        members = cls.make_members(count, budget=1000)
        for index, member in enumerate(members):
            member.partner_id.write({"email": email and email.format(index), "lang": "en_US"})
        return cls.call(members, **kwargs)

    def run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"{ADDON}.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def send_calls(self):
        """Have the calls sent, up to the handing over to the queue."""
        if self.campaign.sending_state != "running":
            self.campaign.with_user(self.treasurer).action_start_sending()
        self.run_cron("cron_send_calls")

    def plain_pdf(self):
        """Print blank pages in place of the calls, at once."""

        def run(_report, bodies, **_options):
            writer, content = PdfFileWriter(), io.BytesIO()
            writer.addBlankPage(100, 100)
            writer.write(content)
            return content.getvalue()

        return patch.object(type(self.env["ir.actions.report"]), "_run_wkhtmltopdf", run)

    def run_queue(self):
        """Let Odoo's queue send what waits in it; return the addresses written to."""
        mails = self.env["mail.mail"].search([("state", "=", "outgoing"), ("id", ">", self.last_mail)])
        if not mails:
            return []
        with self.mock_mail_gateway():
            mails.process_email_queue(mails.ids)
            sent = [email["smtp_to_list"][0] for email in self.emails]
        self.env.invalidate_all()
        return sent

    def bounce(self, log):
        """Have the provider send a letter back, through the mail gateway."""
        raw = BOUNCE.format(
            bounce=self.domain.bounce_email,
            email=log.email,
            number=log.message_id.id,
            message_id=log.message_id.message_id,
        )
        self.env["mail.thread"].sudo().message_process(False, raw)
        self.env.invalidate_all()

    @property
    def logs(self):
        return self.env["association.reminder.log"].search([("campaign_id", "=", self.campaign.id)], order="id")

    def states(self):
        return sorted(self.logs.mapped("state"))

    def days(self, number):
        """Return a day counted from the last day to pay."""
        return fields.Date.to_string(self.due_on + timedelta(days=number))
