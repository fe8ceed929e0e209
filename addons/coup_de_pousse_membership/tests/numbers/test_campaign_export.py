"""The recipients in a spreadsheet, and the totals by category and territory."""

from odoo.tests import tagged

from ...models.numbers.association_campaign_line import COLUMNS
from ..campaign.campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestCampaignExport(CampaignCase):
    def test_export(self):
        campaign = self.make_campaign()
        self.line(campaign, self.members[0])._leave_out("Waived")
        self.assertIn("association.spreadsheet", campaign.action_export()["url"])
        sheets = campaign.line_ids._make_sheets()
        self.assertEqual([(sheet.name, len(sheet.rows)) for sheet in sheets], [("To be called", 5), ("Left out", 1)])
        self.assertIn("Waived", sheets[1].rows[0])

    def test_what_is_not_known_is_no_zero_in_the_export(self):
        member = self.make_renewing(1)
        member.partner_id.annual_figures_ids.unlink()
        lines = self.line(self.make_campaign(), member)
        [sheet] = lines._make_sheets()
        row = dict(zip((name for name, _width, _kind in COLUMNS), sheet.rows[0], strict=True))
        self.assertEqual((row["amount"], row["total"], row["previous_amount"]), (None, None, 40))

    def test_totals_by_category_and_territory(self):
        others = self.make_renewing(2, category=self.authority, budget=150000)
        campaign = self.make_campaign()
        tables = campaign.breakdown["tables"]
        self.assertEqual(
            [(row["name"], row["count"], row["amount"], row["previous"]) for row in tables[0]["rows"]],
            [(self.authority.name, 2, 400, 80), (self.category.name, 6, 300, 240)],
        )
        self.assertEqual([row["name"] for row in tables[1]["rows"]], ["Not known"])
        for table, row, members in ((0, 0, others), (0, 1, self.members), (1, 0, self.members | others)):
            context = {
                "association_breakdown": tables[table]["name"],
                "association_breakdown_id": tables[table]["rows"][row]["id"],
            }
            action = campaign.with_context(**context).action_view_lines()
            self.assertEqual(self.env["association.campaign.line"].search(action["domain"]).member_id, members)
