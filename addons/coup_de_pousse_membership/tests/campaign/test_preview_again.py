"""A preview that is made again: the few queries of the first one, and what changed meanwhile."""

from odoo.tests import tagged

from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestPreviewAgain(CampaignCase):
    def test_queries_after_every_fee_has_changed(self):
        def queries(count):
            members = self.make_renewing(count)
            campaign = self.make_campaign()
            members.partner_id.annual_figures_ids.budget = 150000
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            campaign.action_preview()
            after = self.cr.sql_log_count
            self.assertEqual(self.line(campaign, members[0]).amount, 200)
            return after - before

        few, more = queries(5), queries(60)
        self.assertLessEqual(more, few + 5)

    def test_who_is_left_out_shows_why(self):
        campaign = self.make_campaign()
        line = self.line(campaign, self.members[0])
        self.assertEqual(line.explanation, line.quote_sentence)
        line._leave_out("Waived")
        self.assertEqual(line.explanation, "Waived")

    def test_an_archived_contact_is_not_called(self):
        self.members[0].partner_id.active = False
        head = self.env["res.partner"].create({"name": "Head", "email": "head@example.org"})
        campaign = self.make_campaign()
        self.members[1].membership_ids.payer_id = head
        chosen = self.line(campaign, self.members[2])
        chosen.payer_id = head
        head.active = False
        campaign.action_preview()
        for member, text in ((self.members[0], "contact is archived"), (self.members[1], "“Head”, which pays")):
            line = self.line(campaign, member)
            self.assertEqual((line.state, line.problem), ("refused", "archived"))
            self.assertIn(text, line.explanation)
        self.assertEqual((chosen.state, chosen.payer_id), ("ready", chosen.partner_id), "no longer who was chosen")
