"""Whether a recipient is still to be reminded, of what, and at which address."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

    no_reminder = fields.Boolean(string="No more reminders", readonly=True, copy=False)
    no_reminder_reason = fields.Char(string="Reason for no reminders", readonly=True, copy=False)
    reminder_step_id = fields.Many2one(
        "association.reminder.step", compute="_compute_reminder", compute_sudo=True, string="Reminder due today"
    )
    reminder_address = fields.Char(compute="_compute_reminder", compute_sudo=True, string="Would be sent to")
    last_reminder_id = fields.Many2one(
        "association.reminder.log", compute="_compute_reminder", compute_sudo=True, string="Latest reminder"
    )
    amount_left = fields.Monetary(related="move_id.amount_residual", string="Left to pay")

    _reason_not_to_remind = models.Constraint(
        "CHECK (no_reminder IS NOT TRUE OR COALESCE(no_reminder_reason, '') <> '')",
        "Say why this member is not reminded any more.",
    )

    @api.depends("move_id", "no_reminder")
    def _compute_reminder(self):
        due = self.campaign_id._find_due_reminders(self)
        moves = self.env["account.move"].browse(move.id for move in due)
        recipients = moves._get_letter_recipients()
        for line in self:
            step = due.get(line.move_id)
            line.reminder_step_id = step
            partner, why = recipients.get(line.move_id, (None, None))
            line.reminder_address = (why or partner.email_formatted) if step and partner else False
            line.last_reminder_id = line.move_id.campaign_log_ids.filtered("step_id")[:1]

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
