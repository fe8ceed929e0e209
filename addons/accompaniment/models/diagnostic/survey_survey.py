"""The diagnosis that a survey belongs to."""

from odoo import fields, models


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    accompaniment_diagnostic_ids = fields.One2many("accompaniment.diagnostic", "survey_id", string="Diagnoses")

    def _has_attempts_left(self, partner, email, invite_token):
        """Return whether somebody may answer again: nobody does for a diagnosis, whatever its questions."""
        if self.sudo().accompaniment_diagnostic_ids:
            return self._get_number_of_attempts_lefts(partner, email, invite_token) > 0
        return super()._has_attempts_left(partner, email, invite_token)
