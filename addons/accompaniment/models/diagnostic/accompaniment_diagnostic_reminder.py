"""Reminders of a survey: by hand, or by themselves to whoever has not answered."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .accompaniment_diagnostic_survey import REAL

REMIND = "accompaniment.mail_template_diagnostic_remind"


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

    reminder_days = fields.Integer(
        string="Reminder after",
        default=lambda self: self.env.company.accompaniment_reminder_days,
        help="Days after the invitation, or after the last reminder.",
    )
    reminder_max = fields.Integer(
        string="Reminders at most",
        default=lambda self: self.env.company.accompaniment_reminder_max,
        help="To each person who has not answered. 0: none goes out by itself.",
    )
    reminder_count = fields.Integer(string="Reminders sent", readonly=True, copy=False)
    reminded_on = fields.Date(string="Last reminder", readonly=True, copy=False)

    _reminders_possible = models.Constraint(
        "CHECK (reminder_days > 0 AND reminder_max >= 0)",
        "A reminder goes out one day after the invitation at the earliest, and as often as 0 times or more.",
    )

    def action_remind(self):
        """Write again to whoever was invited and did not answer, however often that was done."""
        self.ensure_one()
        self.check_access("write")
        waiting = self._search_waiting() if self.state == "open" else None
        if not waiting:
            raise UserError(self.env._("Nobody is left to remind: everyone answered, or the survey is closed."))
        self._remind(waiting)
        return self._notify(self.env._("%(count)s reminders are on their way.", count=len(waiting)))

    @api.model
    def _cron_remind(self):
        """Remind whoever has not answered the open surveys, after some days and so many times at most."""
        today = fields.Date.context_today(self)
        diagnostics = self.search(
            Domain("state", "=", "open")
            & Domain("source", "=", "survey")
            & Domain("reminder_max", ">", 0)
            & Domain("mission_id.state", "in", ("prepared", "running"))
            & (Domain("deadline", "=", False) | Domain("deadline", ">=", today))
        )
        self.env["ir.cron"]._commit_progress(remaining=len(diagnostics))
        waiting = diagnostics._search_waiting().grouped("survey_id")
        for diagnostic in diagnostics:
            diagnostic._remind(
                waiting.get(diagnostic.survey_id, self.env["survey.user_input"]).filtered(
                    lambda answer, diagnostic=diagnostic: answer._is_reminder_due(diagnostic, today)
                )
            )
            self.env["ir.cron"]._commit_progress(1)

    def _search_waiting(self):
        """Return the invitations, with all rights, of those who have not answered."""
        return (
            self.env["survey.user_input"]
            .sudo()
            .search(
                Domain("survey_id", "in", self.sudo().survey_id.ids)
                & Domain("state", "!=", "done")
                & Domain("email", "!=", False)
                & REAL
            )
        )

    def _remind(self, answers):
        """Send the reminders of these invitations, and log them."""
        if not answers:
            return
        self._send_mails(REMIND, answers)
        today = fields.Date.context_today(self)
        for count, group in answers.grouped("accompaniment_reminder_count").items():
            group.write({"accompaniment_reminder_count": count + 1, "accompaniment_reminded_on": today})
        self.sudo().write({"reminder_count": self.reminder_count + len(answers), "reminded_on": today})
        self.message_post(body=self.env._("Reminded: %(count)s who had not answered.", count=len(answers)))
