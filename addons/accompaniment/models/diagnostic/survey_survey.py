"""The diagnosis that a survey belongs to."""

from odoo import fields, models


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    accompaniment_diagnostic_ids = fields.One2many("accompaniment.diagnostic", "survey_id", string="Diagnoses")
