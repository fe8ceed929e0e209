"""What the staff is told after a round of reminders."""

from odoo import fields, models
from odoo.fields import Domain

#: Names given in a recap; the rest is counted.
NAMED = 50
#: States of a letter that did not reach its addressee.
UNREACHED = ("to_post", "bounced", "failed")


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    def _send_recap(self):
        """Tell who was reminded since the last recap, and whom no mail reaches."""
        self.ensure_one()
        logs = self.env["association.reminder.log"].search(
            Domain([("campaign_id", "=", self.id), ("told", "=", False)])
            & (Domain("step_id", "!=", False) | Domain("state", "in", UNREACHED)),
            order="step_id, id",
        )
        user = self.recap_user_id or self.company_id._get_treasurer_user()
        if not logs:
            return
        campaign = self.with_context(lang=user.lang)
        body = (
            self.env["ir.qweb"]
            .with_context(lang=user.lang)
            ._render("coup_de_pousse_membership.reminder_recap", campaign._prepare_recap(logs))
        )
        self.message_post(
            subject=campaign.env._(
                "%(campaign)s: %(count)d reminders", campaign=self.name, count=len(logs.filtered("step_id"))
            ),
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=user.partner_id.ids,
            author_id=self.company_id.partner_id.id,
            email_from=self.company_id.email_formatted,
            notify_skip_followers=True,
            notify_author_mention=True,
            force_send=False,
        )
        logs.told = True

    def _prepare_recap(self, logs):
        """Return what the recap shows.

        :param logs: the reminders made since the last one.
        """
        unreached = self.env["association.reminder.log"].search(
            [("campaign_id", "=", self.id), ("state", "in", UNREACHED)]
        )
        written = logs.filtered(lambda log: log.step_id and log.state in ("queued", "sent"))
        return {
            "campaign": self,
            "day": fields.Date.context_today(self),
            "written": [
                (step, sent[:NAMED], max(0, len(sent) - NAMED), sum(sent.mapped("amount")))
                for step, sent in written.grouped("step_id").items()
            ],
            "unreached": [
                (label, rows[:NAMED], max(0, len(rows) - NAMED))
                for label, rows in (
                    (self.env._("Without an address: to print and post"), unreached.filtered("by_post")),
                    (self.env._("Came back"), unreached.filtered(lambda log: log.state == "bounced")),
                    (self.env._("Not sent"), unreached.filtered(lambda log: log.state == "failed")),
                )
                if rows
            ],
        }
