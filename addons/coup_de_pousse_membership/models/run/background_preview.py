"""The preview of a long list of members, in the background, with progress."""

from odoo import fields

from ..common.batch import TRANSIENT_ERRORS, attempt, explain, run_as

#: Members looked at in one transaction.
CHUNK = 1000


class BackgroundPreview:
    """Has a campaign previewed by the scheduler; where it was stopped, it goes on.

    :param campaign: the campaign.
    """

    def __init__(self, campaign):
        campaign.ensure_one()
        self.campaign = campaign
        self.env = campaign.env

    def queue(self, total):
        """Have the campaign previewed as soon as the scheduler can, as who asks for it.

        :param total: how many members it concerns.
        """
        self.campaign.check_access("write")
        self.campaign._check_in_preparation()
        self.campaign.sudo().write(
            {
                "preview_user_id": self.env.uid,
                "preview_last_id": 0,
                "preview_done": 0,
                "preview_total": total,
                "notice": False,
            }
        )
        self.campaign._wake("cron_run_campaigns")

    def run(self):
        """Preview the members who are left, chunk by chunk; what cannot be done says why."""
        while self.campaign.try_lock_for_update(allow_referencing=True):
            self.campaign.invalidate_recordset()
            if not self.campaign.preview_user_id:
                return
            try:
                self.run_once()
            except TRANSIENT_ERRORS:
                # Somebody is at work on these lines: the scheduler comes again in a minute.
                self.env.cr.rollback()
                return
            left = self.campaign.preview_total - self.campaign.preview_done if self.campaign.preview_user_id else 0
            if not self.env["ir.cron"]._commit_progress(1, remaining=max(left, 0)):
                self.campaign._wake("cron_run_campaigns")
                return

    def run_once(self):
        """Preview the next members, in the present transaction; what cannot be done stands in the notice."""
        if error := attempt(self.env, self._preview_next):
            why = explain(self.env, error, f"Preview of the campaign {self.campaign.id}")
            self.campaign.sudo().write({"preview_user_id": False, "notice": why})

    def _preview_next(self):
        """Preview the next chunk, in the present transaction."""
        user = self.campaign.preview_user_id
        campaign = run_as(self.campaign, user, self.campaign.company_id, tracking_disable=True)
        campaign.check_access("write")
        campaign._check_in_preparation()
        audience = campaign._search_audience()
        if not campaign.preview_last_id:
            campaign._drop_unconcerned(audience)
        left = audience.sorted("id").filtered(lambda member: member.id > campaign.preview_last_id)
        members = left[:CHUNK]
        campaign._preview_members(members)
        vals = {
            "preview_last_id": members[-1:].id or campaign.preview_last_id,
            "preview_done": campaign.preview_done + len(members),
        }
        if len(members) == len(left):
            vals.update(preview_user_id=False, preview_last_id=0, previewed_on=fields.Datetime.now())
        campaign.sudo().write(vals)
