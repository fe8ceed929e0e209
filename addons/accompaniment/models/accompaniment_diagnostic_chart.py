"""Charts of a diagnosis: counts only. Who answered what stays with the survey's users."""

from odoo import api, fields, models

from ..calculation.answers import bars

CHOICES = ("simple_choice", "multiple_choice")


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

    chart_html = fields.Html(string="Answers", compute="_compute_chart_html", sanitize=False)

    @api.depends("respondents", "figure_ids.count", "figure_ids.label", "figure_ids.question")
    def _compute_chart_html(self):
        for diagnostic in self:
            charts = diagnostic._get_charts()
            diagnostic.chart_html = (
                self.env["ir.qweb"]._render("accompaniment.answer_charts", {"charts": charts}) if charts else False
            )

    def _get_charts(self):
        """Return one (question, people who answered, bars) for each question with closed answers."""
        self.ensure_one()
        return self._get_typed_charts() if self.source == "typed" else self._get_survey_charts()

    def _get_typed_charts(self):
        return [
            (question, self.respondents, bars([(figure.label, figure.count) for figure in figures], self.respondents))
            for question, figures in self.figure_ids.grouped("question").items()
        ]

    def _get_survey_charts(self):
        survey = self.sudo().survey_id
        questions = survey.with_context(active_test=False).question_ids.filtered(
            lambda question: question.question_type in (*CHOICES, "scale")
        )
        if not questions:
            return []
        domain = [
            ("question_id", "in", questions.ids),
            ("user_input_id.state", "=", "done"),
            ("user_input_id.test_entry", "!=", True),
            ("skipped", "!=", True),
        ]
        Line = self.env["survey.user_input.line"].sudo()
        bases = dict(Line._read_group(domain, ["question_id"], ["user_input_id:count_distinct"]))
        chosen = dict(Line._read_group(domain, ["suggested_answer_id"], ["__count"]))
        scales = {
            (question, value): count
            for question, value, count in Line._read_group(
                [*domain, ("answer_type", "=", "scale")], ["question_id", "value_scale"], ["__count"]
            )
        }
        return [
            (
                question.title,
                bases.get(question, 0),
                bars(self._count(question, chosen, scales), bases.get(question, 0)),
            )
            for question in questions
        ]

    def _count(self, question, chosen, scales):
        if question.question_type == "scale":
            values = range(question.scale_min, question.scale_max + 1)
            return [(str(value), scales.get((question, value), 0)) for value in values]
        return [(answer.value, chosen.get(answer, 0)) for answer in question.suggested_answer_ids]
