"""A call that is reminded of: what went out about it, by which step it is due today, or why it is not."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..letter.association_campaign import OPEN
from .calls_sheet import make_calls_sheet
from .due_reminders import DueReminders


class AccountMove(models.Model):
    _inherit = "account.move"

    no_reminder_reason = fields.Char(string="Reason for no reminders of the call", readonly=True, copy=False)
    reminder_asked_on = fields.Date(
        readonly=True, copy=False, help="Day on which the treasurer asked to have this call reminded of."
    )
    reminder_step_id = fields.Many2one(
        "association.reminder.step", compute="_compute_reminder", compute_sudo=True, string="Reminder due today"
    )
    reminder_address = fields.Char(compute="_compute_reminder", compute_sudo=True, string="Would be sent to")
    reminder_obstacle = fields.Char(compute="_compute_reminder", compute_sudo=True, string="Why not")
    last_reminder_id = fields.Many2one(
        "association.reminder.log", compute="_compute_reminder", compute_sudo=True, string="Latest reminder"
    )
    last_reminder_on = fields.Date(compute="_compute_reminder", compute_sudo=True, string="Reminded on")

    @api.depends("payment_state", "campaign_log_ids.state", "no_reminder_reason", "is_move_sent")
    @api.depends_context("lang")
    def _compute_reminder(self):
        reminders = self._get_reminders()
        recipients = self._get_letter_recipients()
        for move in self:
            reminder = reminders[move]
            partner, why_not = recipients[move]
            move.reminder_step_id = reminder.step
            move.reminder_obstacle = reminder.obstacle or False
            move.reminder_address = (why_not or partner.email_formatted) if reminder.step else False
            move.last_reminder_id = move.campaign_log_ids.filtered("step_id")[:1]
            move.last_reminder_on = move.last_reminder_id.date

    def _get_reminders(self, today=None):
        """Return {call: its :class:`Reminder`}.

        :param today: today by default.
        """
        return DueReminders(self, today or fields.Date.context_today(self)).find()

    @api.model
    def _get_open_calls_domain(self):
        """Return the domain of the calls for fees on which something is owed."""
        return Domain(
            [
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", OPEN),
                ("line_ids.membership_id", "!=", False),
            ]
        )

    def _get_letters_sent(self):
        """Return what went out about these calls.

        :return: ({call: day on which the call itself went out}, {call: days of the steps made already},
            calls whose own letter is on its way).
        """
        logs = (
            self.env["association.reminder.log"]
            .sudo()
            .search_fetch(
                [("move_id", "in", self.ids)], ["move_id", "step_id", "state", "date", "queued_on", "posted_on"]
            )
        )
        called_on, done, queued = {}, {}, set()
        for log in logs:
            if log.step_id:
                done.setdefault(log.move_id, []).append(log.step_id.days)
            elif log.state in ("sent", "posted"):
                called_on[log.move_id] = log.posted_on or (log.queued_on or log.create_date).date()
            elif log.state == "queued":
                queued.add(log.move_id)
        # Sent by other means than the campaign, such as Odoo's own button on the invoice.
        for move in self - logs.filtered(lambda log: not log.step_id).move_id:
            if move.is_move_sent:
                called_on[move] = move.invoice_date
        return called_on, done, queued

    def action_export_calls(self):
        """Download these calls, with whom to ring up and what was sent."""
        self.check_access("read")
        return self.env["association.spreadsheet"]._download(self.env._("Calls for Fees"), [make_calls_sheet(self)])

    # ---- what the treasurer does ----

    def action_remind(self):
        """Show who of these would be reminded, of what, and who would not and why."""
        self._check_may_remind()
        return self.env["association.reminder.wizard"]._get_records_action(
            name=self.env._("Remind"), target="new", context={"default_move_ids": self.ids}
        )

    def _check_may_remind(self):
        """Raise an AccessError for who may not change campaigns."""
        self.check_access("read")
        self.env["association.campaign"].check_access("write")

    def _ask_reminders(self):
        """Have those of these calls that are due reminded of in the background.

        :return: the calls.
        :raise UserError: if none of them is due.
        """
        self._check_may_remind()
        due = {move: reminder.campaign for move, reminder in self._get_reminders().items() if reminder.step}
        if not due:
            raise UserError(self.env._("None of these calls is to be reminded of today: each line says why."))
        campaigns = self.env["association.campaign"].union(*due.values())
        for campaign in campaigns:
            campaign._check_sender()
        moves = self.sudo().browse(move.id for move in due)
        moves.reminder_asked_on = fields.Date.context_today(self)
        campaigns._wake("cron_send_reminders")
        return moves

    def action_mark_call_sent(self):
        """Record that these calls were sent by other means, so that they are not sent again."""
        self._check_may_remind()
        calls = self.filtered(lambda move: move.is_membership_call and move.state == "posted" and not move.is_move_sent)
        if not calls:
            raise UserError(self.env._("Select calls that are issued, and not marked as sent yet."))
        calls.sudo().is_move_sent = True
        note = self.env._("Marked as sent: it went out by other means.")
        calls._message_log_batch(bodies=dict.fromkeys(calls.ids, note))
        return True

    def _stop_reminders(self, reason):
        """Stop the reminders of these calls.

        :param reason: why, in the treasurer's words.
        :raise UserError: without a reason.
        """
        self._check_may_remind()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these members are not reminded any more."))
        self.sudo().no_reminder_reason = reason.strip()

    def action_resume_reminders(self):
        """Remind of these calls again."""
        self._check_may_remind()
        self.sudo().no_reminder_reason = False
        self.sudo().campaign_line_ids.filtered("no_reminder").sudo(False).action_resume_reminders()
