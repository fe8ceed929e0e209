"""Members whose calls are late are reminded, after a look at who would be, and why the others would not."""

from odoo import fields, models


class AssociationReminderWizard(models.TransientModel):
    """The calls that the treasurer chose to remind of."""

    _name = "association.reminder.wizard"
    _description = "Remind of Late Calls"
    _inherit = ["association.dialog"]

    move_ids = fields.Many2many("account.move", string="Calls", readonly=True)
    due_count = fields.Integer(compute="_compute_counts", string="To be reminded today")
    post_count = fields.Integer(compute="_compute_counts", string="Of these by post")
    not_due_count = fields.Integer(compute="_compute_counts", string="Not reminded today")

    def _compute_counts(self):
        for wizard in self:
            moves = wizard.move_ids
            due = moves.filtered("reminder_step_id")
            recipients = due.sudo()._get_letter_recipients()
            wizard.due_count = len(due)
            wizard.post_count = sum(bool(why_not) for _partner, why_not in recipients.values())
            wizard.not_due_count = len(moves) - len(due)

    def action_confirm(self):
        self.ensure_one()
        moves = self.move_ids._ask_reminders()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Reminders of %s calls are going out. Their recap will follow.", len(moves)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
