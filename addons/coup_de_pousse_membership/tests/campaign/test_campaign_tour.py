"""The treasurer's campaign in the browser."""

from odoo.tests import HttpCase, tagged

from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestCampaignTour(CampaignCase, HttpCase):
    def test_from_last_year_s_campaign_to_the_results(self):
        self.members[:4].membership_ids.unlink()
        self.members[:4].unlink()
        renewing = self.make_renewing(2, name="Tour renewing")
        without = self.make_renewing(1, name="Tour without figure")
        without.partner_id.annual_figures_ids.unlink()
        last = self.make_campaign(preview=False, grid_id=self.last_grid.id, name="Tour last")
        last.sudo().state = "done"
        self.start_tour("/odoo", "membership_campaign_launch", login="test_treasurer", timeout=300)
        self.env.invalidate_all()
        campaign = self.env["association.campaign"].search([("previous_id", "=", last.id)])
        self.assertEqual((campaign.state, campaign.ready_count, campaign.excluded_count), ("running", 4, 1))
        self.cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertRecordValues(
            self.line(campaign, renewing[0]) | self.line(campaign, renewing[1]) | self.line(campaign, without),
            [
                {"state": "called", "amount": 30, "adjust_reason": "Board of May"},
                {"state": "excluded", "amount": 50, "adjust_reason": False},
                {"state": "called", "amount": 200, "adjust_reason": False},
            ],
        )
        self.start_tour("/odoo", "membership_campaign_numbers", login="test_treasurer", timeout=300)
