"""The treasurer's year in the browser: preview and launch, mails, reminders, bank, results."""

import base64
from datetime import timedelta

from odoo import fields
from odoo.addons.mail.tests.common import MockEmail
from odoo.tests import HttpCase, tagged

from ..common import ADDON
from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestCampaignYearTour(CampaignCase, MockEmail, HttpCase):
    """What the scheduler does between two visits of the treasurer is started by hand."""

    def tour(self, name, path):
        self.start_tour(path, name, login="test_treasurer", timeout=300)
        self.env.invalidate_all()

    def turn(self, cron):
        self.env.ref(f"{ADDON}.{cron}").method_direct_trigger()
        self.env.invalidate_all()

    def called(self):
        """Call three members, and leave the others out; return the campaign."""
        self.company.email = "office@example.org"
        campaign = self.make_campaign(
            invoice_date=self.today - timedelta(days=60), due_date=self.today - timedelta(days=20)
        )
        others = campaign.line_ids.filtered(lambda line: line.member_id not in self.members[:3])
        others.sudo().write({"state": "excluded", "exclude_reason": "Another story"})
        self.launch(campaign)
        self.turn("cron_run_campaigns")
        return campaign

    def upload_bank_file(self, calls):
        """Upload a file of the bank: two calls are paid, and somebody unknown pays too."""
        rows = [f"{self.today:%d/%m/%Y};VIR {call.name};{call.amount_total:.2f}" for call in calls[:2]]
        content = "\n".join(["Date;Libellé;Montant", *rows, f"{self.today:%d/%m/%Y};VIR INCONNU;12,00"])
        self.env["association.payment.import"].with_user(self.users["treasurer"]).create(
            {
                "file": base64.b64encode(content.encode()),
                "filename": "year.csv",
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )

    def test_from_the_calls_to_the_results(self):
        campaign = self.called()
        calls = campaign.line_ids.move_id
        self.assertEqual((campaign.state, len(calls)), ("done", 3))
        page = f"/odoo/action-{ADDON}.action_association_campaign/{campaign.id}"

        self.tour("membership_campaign_send", page)
        self.turn("cron_send_calls")
        mails = self.env["mail.mail"].search([("model", "=", "account.move"), ("res_id", "in", calls.ids)])
        self.assertEqual(len(mails), 3)
        with self.mock_mail_gateway():
            mails.send()
        self.assertEqual(set(calls.mapped("is_move_sent")), {True})

        # Two months go by.
        calls.campaign_log_ids.sudo().queued_on = fields.Datetime.now() - timedelta(days=55)
        self.tour("membership_campaign_remind", page)
        self.turn("cron_send_reminders")
        reminders = self.env["association.reminder.log"].search(
            [("move_id", "in", calls.ids), ("step_id", "!=", False)]
        )
        self.assertEqual((len(reminders), len(reminders.step_id)), (3, 1))

        self.upload_bank_file(calls)
        self.tour("membership_campaign_payments", f"/odoo/action-{ADDON}.action_association_payment_import")
        self.assertEqual(calls.mapped("payment_state"), ["paid", "paid", "not_paid"])

        self.tour("membership_campaign_end", page)
