"""Whether a recipient is still to be reminded."""

from odoo import fields, models
from odoo.exceptions import UserError


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

    no_reminder = fields.Boolean(string="No more reminders", readonly=True, copy=False)
    no_reminder_reason = fields.Char(string="Reason for no reminders", readonly=True, copy=False)
    _reason_not_to_remind = models.Constraint(
        "CHECK (no_reminder IS NOT TRUE OR COALESCE(no_reminder_reason, '') <> '')",
        "Say why this member is not reminded any more.",
    )

    def _stop_reminders(self, reason):
        """Stop the reminders of these members.

        :param reason: why, in the treasurer's words.
        :raise UserError: without a reason.
        """
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these members are not reminded any more."))
        self._write_facts({"no_reminder": True, "no_reminder_reason": reason.strip()})

    def action_resume_reminders(self):
        """Remind these members again."""
        self.check_access("write")
        self._write_facts({"no_reminder": False, "no_reminder_reason": False})
