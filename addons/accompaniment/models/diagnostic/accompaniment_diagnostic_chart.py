"""Charts of a diagnosis: how many, never who. Who answered what stays with the survey's users."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...calculation.diagnostic.answers import FEWEST, Chart, Numbers, bars, matrix, words

CHOICES = ("simple_choice", "multiple_choice")
TEXTS = ("char_box", "text_box")


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

    text_answers = fields.Selection(
        [("counted", "Counted"), ("listed", "Listed, without names")],
        string="Answers in words",
        required=True,
        default="counted",
        help="Whoever reads the mission or its report reads what is listed. Words may betray who wrote them: "
        "read them in the survey first.",
    )
    chart_html = fields.Html(string="Answers", compute="_compute_chart_html", sanitize=False)

    @api.depends(
        "respondents", "count_partial", "text_answers", "figure_ids.count", "figure_ids.label", "figure_ids.question"
    )
    def _compute_chart_html(self):
        for diagnostic in self:
            too_few = diagnostic.source == "survey" and 0 < diagnostic.respondents < FEWEST
            charts = [] if too_few else diagnostic._get_charts()
            diagnostic.chart_html = (
                self.env["ir.qweb"]._render(
                    "accompaniment.answer_charts", {"charts": charts, "fewest": too_few and FEWEST}
                )
                if charts or too_few
                else False
            )

    def _get_charts(self):
        """Return the :class:`Chart` of each question that was answered."""
        self.ensure_one()
        return self._get_typed_charts() if self.source == "typed" else self._get_survey_charts()

    def _get_typed_charts(self):
        return [
            Chart(
                question,
                self.respondents,
                bars([(figure.label, figure.count) for figure in figures], self.respondents),
            )
            for question, figures in self.figure_ids.grouped("question").items()
        ]

    def _get_survey_charts(self):
        """Return the charts of the survey; the number of queries does not depend on how many answered."""
        questions = self.sudo().survey_id.with_context(active_test=False).question_ids
        # A question that asks who answers is no part of what they say.
        questions = questions.filtered(lambda q: not (q.save_as_email or q.save_as_nickname or q.validation_email))
        domain = self._get_lines_domain() & Domain("question_id", "in", questions.ids)
        Line = self.env["survey.user_input.line"].sudo()
        people = ["user_input_id:count_distinct"]
        bases = dict(Line._read_group(domain, ["question_id"], people))
        figures = {
            "marks": self._group(Line, domain, ["question_id", "matrix_row_id", "suggested_answer_id"], ["__count"]),
            "row_bases": self._group(Line, domain, ["question_id", "matrix_row_id"], people),
            "scales": self._group(
                Line, domain & Domain("answer_type", "=", "scale"), ["question_id", "value_scale"], ["__count"]
            ),
            "numbers": self._get_numbers(Line, domain),
            "texts": self._get_texts(Line, domain),
        }
        return [
            self._prepare_chart(question, bases[question], figures) for question in questions if bases.get(question)
        ]

    def _get_lines_domain(self):
        """Return the domain of the answers that count."""
        states = ["done", "in_progress"] if self.count_partial else ["done"]
        return (
            Domain("survey_id", "=", self.sudo().survey_id.id)
            & Domain("user_input_id.state", "in", states)
            & Domain("user_input_id.test_entry", "!=", True)
            & Domain("skipped", "!=", True)
        )

    def _group(self, lines, domain, groupby, aggregates):
        return {tuple(key): count for *key, count in lines._read_group(domain, groupby, aggregates)}

    def _get_numbers(self, lines, domain):
        """Return {question: :class:`Numbers`} of those answered by a figure."""
        return {
            question: Numbers(*values)
            for kind in ("numerical_box", "scale")
            for question, *values in lines._read_group(
                domain & Domain("answer_type", "=", kind),
                ["question_id"],
                [f"value_{kind}:{function}" for function in ("min", "avg", "max")],
            )
        }

    def _get_texts(self, lines, domain):
        """Return {question: list of what was written}, comments included."""
        texts = {}
        for line in lines.search_fetch(
            domain & Domain("answer_type", "in", TEXTS), ["question_id", "value_char_box", "value_text_box"]
        ):
            texts.setdefault(line.question_id, []).append(line.value_text_box or line.value_char_box)
        return texts

    def _prepare_chart(self, question, base, figures):
        texts = words(figures["texts"].get(question, ()))
        return Chart(
            question.title,
            base,
            bars=bars(self._count(question, figures), base),
            rows=matrix(self._count_rows(question, figures)),
            numbers=figures["numbers"].get(question),
            texts=texts if self.text_answers == "listed" else None,
            written=len(texts),
        )

    def _count(self, question, figures):
        """Return (label, how many) of each choice, or of each value of a scale."""
        if question.question_type == "scale":
            values = range(question.scale_min, question.scale_max + 1)
            return [(str(value), figures["scales"].get((question, value), 0)) for value in values]
        if question.question_type not in CHOICES:
            return []
        no_row = question.matrix_row_ids.browse()
        return [
            (answer.value, figures["marks"].get((question, no_row, answer), 0))
            for answer in question.suggested_answer_ids
        ]

    def _count_rows(self, question, figures):
        """Return (label, people, [(column, how many)]) of each row of a matrix."""
        if question.question_type != "matrix":
            return []
        return [
            (
                row.value,
                figures["row_bases"].get((question, row), 0),
                [
                    (column.value, figures["marks"].get((question, row, column), 0))
                    for column in question.suggested_answer_ids
                ],
            )
            for row in question.matrix_row_ids
        ]
