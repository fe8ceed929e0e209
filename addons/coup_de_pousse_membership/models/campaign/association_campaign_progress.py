"""How far the run of a campaign is, and when it will end."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...calculation.campaign.campaign_progress import seconds_left


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    progress = fields.Float(
        compute="_compute_progress",
        string="Called (%)",
        help="Share of the recipients that are dealt with, in percent.",
    )
    progress_text = fields.Char(compute="_compute_progress", string="Run")

    @api.depends("state", "line_ids.state")
    def _compute_progress(self):
        counts = self._count_progress()
        for campaign in self:
            done, left, lately, seconds = counts.get(campaign.id, (0, 0, 0, 0.0))
            campaign.progress = 100.0 * done / (done + left) if done + left else 0.0
            campaign.progress_text = campaign._write_progress(done, left, seconds_left(lately, left, seconds))

    def _count_progress(self):
        """Return {id: (dealt with, left, dealt with since the run began, seconds since then)}, in one query."""
        if not self.ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT campaign.id,
                       COUNT(*) FILTER (WHERE line.processed_on IS NOT NULL),
                       COUNT(*) FILTER (WHERE line.state = 'ready'),
                       COUNT(*) FILTER (WHERE line.processed_on >= campaign.resumed_on),
                       EXTRACT(EPOCH FROM MAX(line.processed_on) - campaign.resumed_on)
                  FROM association_campaign campaign
                  JOIN association_campaign_line line ON line.campaign_id = campaign.id
                 WHERE campaign.id IN %s
                 GROUP BY campaign.id
                """,
                tuple(self.ids),
            )
        )
        return {row[0]: (*row[1:4], float(row[4] or 0.0)) for row in rows}

    def _write_progress(self, done, left, seconds):
        self.ensure_one()
        if not done and self.state == "running":
            return self.env._("Waiting for its turn: calling begins within a minute.")
        text = self.env._("%(done)s of %(total)s recipients dealt with", done=done, total=done + left)
        if seconds is None or self.state != "running":
            return text
        if seconds < 90:
            return self.env._("%(progress)s, about %(seconds)s seconds left", progress=text, seconds=seconds)
        return self.env._("%(progress)s, about %(minutes)s minutes left", progress=text, minutes=round(seconds / 60))
