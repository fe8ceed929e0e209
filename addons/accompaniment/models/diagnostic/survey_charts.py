"""Charts of a survey: how many, never who. Who answered what stays with the survey's users."""

from odoo.fields import Domain

from ...calculation.diagnostic.answers import AnswerChart, Numbers, bars, matrix, words
from .survey_invitations import SurveyInvitations

CHOICES = ("simple_choice", "multiple_choice")
TEXTS = ("char_box", "text_box")


class SurveyCharts:
    """What was answered to each question of a survey, read with all rights and told without names.

    The number of queries does not depend on how many answered.

    :param survey: record of ``survey.survey``.
    :param partial: whether answers that were begun and not finished count too.
    :param listed: whether what was written in words is shown, and not only counted.
    """

    def __init__(self, survey, partial=False, listed=False):
        questions = survey.sudo().with_context(active_test=False).question_ids
        # A question that asks who answers is no part of what they say.
        self.questions = questions.filtered(
            lambda question: not (question.save_as_email or question.save_as_nickname or question.validation_email)
        )
        self.listed = listed
        self.lines = survey.sudo().env["survey.user_input.line"]
        states = ("done", "in_progress") if partial else ("done",)
        answers = SurveyInvitations(survey).get_answers().filtered(lambda answer: answer.state in states)
        self.domain = (
            Domain("user_input_id", "in", answers.ids)
            & Domain("skipped", "!=", True)
            & Domain("question_id", "in", self.questions.ids)
        )

    def build(self):
        """Return the :class:`AnswerChart` of each question that was answered."""
        people = ["user_input_id:count_distinct"]
        bases = dict(self.lines._read_group(self.domain, ["question_id"], people))
        self.marks = self._group(self.domain, ["question_id", "matrix_row_id", "suggested_answer_id"], ["__count"])
        self.row_bases = self._group(self.domain, ["question_id", "matrix_row_id"], people)
        scales = self.domain & Domain("answer_type", "=", "scale")
        self.scales = self._group(scales, ["question_id", "value_scale"], ["__count"])
        self.numbers = self._get_numbers()
        self.texts = self._get_texts()
        return [self._prepare(question, bases[question]) for question in self.questions if bases.get(question)]

    def _group(self, domain, groupby, aggregates):
        return {tuple(key): count for *key, count in self.lines._read_group(domain, groupby, aggregates)}

    def _get_numbers(self):
        """Return {question: :class:`Numbers`} of those answered by a figure."""
        return {
            question: Numbers(*values)
            for kind in ("numerical_box", "scale")
            for question, *values in self.lines._read_group(
                self.domain & Domain("answer_type", "=", kind),
                ["question_id"],
                [f"value_{kind}:{function}" for function in ("min", "avg", "max")],
            )
        }

    def _get_texts(self):
        """Return {question: list of what was written}, comments included."""
        texts = {}
        for line in self.lines.search_fetch(
            self.domain & Domain("answer_type", "in", TEXTS), ["question_id", "value_char_box", "value_text_box"]
        ):
            texts.setdefault(line.question_id, []).append(line.value_text_box or line.value_char_box)
        return texts

    def _prepare(self, question, base):
        texts = words(self.texts.get(question, ()))
        return AnswerChart(
            question.title,
            base,
            bars=bars(self._count(question), base),
            rows=matrix(self._count_rows(question)),
            numbers=self.numbers.get(question),
            texts=texts if self.listed else None,
            written=len(texts),
        )

    def _count(self, question):
        """Return (label, how many) of each choice, or of each value of a scale."""
        if question.question_type == "scale":
            values = range(question.scale_min, question.scale_max + 1)
            return [(str(value), self.scales.get((question, value), 0)) for value in values]
        if question.question_type not in CHOICES:
            return []
        no_row = question.matrix_row_ids.browse()
        return [
            (answer.value, self.marks.get((question, no_row, answer), 0)) for answer in question.suggested_answer_ids
        ]

    def _count_rows(self, question):
        """Return (label, people, [(column, how many)]) of each row of a matrix."""
        if question.question_type != "matrix":
            return []
        return [
            (
                row.value,
                self.row_bases.get((question, row), 0),
                [
                    (column.value, self.marks.get((question, row, column), 0))
                    for column in question.suggested_answer_ids
                ],
            )
            for row in question.matrix_row_ids
        ]
