"""Campaigns among what needs doing."""

from odoo import models


class AssociationOverview(models.AbstractModel):
    _inherit = "association.overview"

    def _card_campaigns_running(self):
        """Campaigns that are calling, or paused: how many recipients are left."""
        if not self._sees_calls():
            return None
        domain = self._here(("state", "in", ("running", "paused")))
        left = [("campaign_id.state", "in", ("running", "paused")), ("state", "=", "ready")]
        [(count, amount)] = self.env["association.campaign.line"]._read_group(
            self._here(*left), [], ["__count", "total:sum"]
        )
        return self._prepare_card(
            "campaigns_running",
            "action_association_campaign",
            domain,
            icon="fa-bullhorn",
            title=self.env._("Campaign under way"),
            count=count,
            amount=amount or 0.0,
            unit=self._count_members(count),
            sentence=self.env._("still to be called"),
        )

    def _card_campaigns_draft(self):
        if not self._sees_calls():
            return None
        domain = self._here(("state", "=", "draft"))
        count = self.env["association.campaign"].search_count(domain)
        return self._prepare_card(
            "campaigns_draft",
            "action_association_campaign",
            domain,
            icon="fa-bullhorn",
            title=self.env._("Campaigns to launch"),
            count=count,
            unit=self.env._("campaigns") if count > 1 else self.env._("campaign"),
            sentence=self.env._("in preparation"),
        )
