"""A long list is previewed in the background, and launched only as it was looked at."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.run import association_campaign, background_preview
from ..campaign.campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestBackgroundPreview(CampaignCase):
    def long_preview(self, **values):
        self.patch(association_campaign, "PREVIEWED_AT_ONCE", 4)
        self.patch(background_preview, "CHUNK", 4)
        return self.make_campaign(**values)

    def test_a_long_list_is_previewed_in_the_background(self):
        campaign = self.long_preview()
        self.assertTrue(campaign.is_working)
        self.assertEqual((len(campaign.line_ids), campaign.preview_text), (0, "0 of 6 members previewed"))
        with self.assertRaisesRegex(UserError, "being previewed"):
            campaign.action_launch()
        self.run_job()
        self.assertFalse(campaign.is_working)
        self.assertEqual(len(campaign.line_ids), 6)
        self.assertTrue(campaign.previewed_on)
        self.assertEqual(campaign.preview_progress, 100)
        self.launch(campaign)
        self.run_job()
        self.assertEqual(campaign.called_count, 6)

    def test_previewed_again_it_keeps_what_was_corrected(self):
        campaign = self.long_preview()
        self.run_job()
        self.line(campaign, self.members[0])._leave_out("Waived")
        self.members[1].membership_ids.unlink()
        self.members[1].sudo().unlink()
        campaign.action_preview()
        self.run_job()
        self.assertEqual(len(campaign.line_ids), 5)
        self.assertEqual(self.line(campaign, self.members[0]).state, "excluded")

    def test_killed_it_goes_on(self):
        campaign = self.long_preview()
        background_preview.BackgroundPreview(campaign.sudo()).run_once()
        self.assertEqual((len(campaign.line_ids), campaign.preview_done), (4, 4))
        self.run_job()
        self.assertEqual(len(campaign.line_ids), 6)

    def test_what_goes_wrong_is_said(self):
        campaign = self.long_preview()
        with patch.object(
            type(campaign), "_preview_members", autospec=True, side_effect=UserError("No figures of this year.")
        ):
            self.run_job()
        self.assertEqual((campaign.notice, campaign.preview_user_id.id), ("No figures of this year.", False))
        with self.assertRaisesRegex(UserError, "since it follows from what was done"):
            campaign.preview_done = 6

    # ---- what changes between the last look and “Launch” ----

    def confirm_after(self, change):
        campaign = self.make_campaign()
        action = campaign.action_launch()
        wizard = self.env[action["res_model"]].with_env(campaign.env).with_context(**action["context"]).create({})
        change(self.members[0])
        with self.assertRaisesRegex(UserError, self.members[0].partner_id.name):
            wizard.action_confirm()
        self.assertEqual(campaign.state, "draft")
        campaign.action_preview()
        self.launch(campaign)
        self.assertEqual(campaign.state, "running")

    def test_a_category_changed_before_the_launch(self):
        other = self.category.copy({"name": "Other"})
        self.confirm_after(lambda member: member.write({"category_id": other.id}))

    def test_a_figure_changed_before_the_launch(self):
        self.confirm_after(lambda member: member.partner_id.annual_figures_ids.write({"budget": 150000}))

    def test_who_launched_is_deleted(self):
        campaign = self.make_campaign()
        self.launch(campaign)
        campaign.sudo().launched_by_id = False
        self.env["res.lang"]._activate_lang("fr_FR")
        treasurer = campaign.company_id._get_treasurer_user()
        treasurer.lang = "fr_FR"
        self.run_job()
        self.assertEqual(campaign.state, "paused")
        self.assertNotIn("False", campaign.notice)
        notice = "Paused: who launched the campaign is no longer a user. Somebody who may presses “Resume”."
        self.assertEqual(campaign.notice, campaign.with_context(lang="fr_FR").env._(notice))
