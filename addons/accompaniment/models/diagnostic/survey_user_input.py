"""When somebody who was invited to a survey is reminded."""

from datetime import timedelta

from odoo import fields, models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    accompaniment_reminder_count = fields.Integer(string="Reminders", readonly=True, copy=False)
    accompaniment_reminded_on = fields.Date(string="Last reminder", readonly=True, copy=False)

    def _is_reminder_due(self, diagnostic, today):
        """Return whether it is time to write again to whoever was invited."""
        latest = self.accompaniment_reminded_on or self.create_date.date()
        return (
            self.accompaniment_reminder_count < diagnostic.reminder_max
            and latest + timedelta(days=diagnostic.reminder_days) <= today
        )
