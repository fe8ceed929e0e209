"""What a beneficiary tells by the link of a review, without a login."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from ...calculation.effect.told import read
from .accompaniment_review import LEVELS

#: Documents that a beneficiary may add: endings, size and number for each effect.
ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods")
LARGEST = 10 * 1024 * 1024
MOST = 5


class AccompanimentReview(models.Model):
    _inherit = "accompaniment.review"

    access_token = fields.Char(copy=False, groups="base.group_system")
    answered_on = fields.Date(string="Beneficiary answered on", readonly=True, copy=False)
    to_take_over = fields.Boolean(compute="_compute_to_take_over")

    @api.depends("answer_ids.told_answer", "answer_ids.answer")
    def _compute_to_take_over(self):
        for review in self:
            review.to_take_over = bool(review._get_lines_to_take_over())

    def _get_lines_to_take_over(self):
        """Return the effects that the beneficiary answered, and the adviser has not."""
        return self.answer_ids.filtered(lambda line: line.told_answer and not line.answer)

    def _open_page(self):
        """Give each review a link of its own; what was given before opens nothing any more."""
        for review in self.sudo():
            review.access_token = secrets.token_urlsafe(24)

    def _get_page_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/accompaniment/review/{self.id}/{self.sudo().access_token}"

    def _find_by_token(self, review_id, token):
        """Return the review that a link opens: none once it is done."""
        review = self.browse(review_id).exists()
        is_open = review.state == "proposed" and review.access_token and consteq(review.access_token, token)
        return review if is_open else review.browse()

    def _tell(self, form, files):
        """Keep what the beneficiary tells, and let the referent know.

        :param form: {field of the page: text}.
        :param files: {field of the page: file sent}.
        :return: {effect's line: problem in words}; nothing is kept where there is one.
        """
        self.ensure_one()
        if not self.months:
            return self._tell_satisfaction(form)
        told, problems = {}, {}
        for line in self.answer_ids:
            told[line], problem = read(
                form.get(f"answer_{line.id}"),
                form.get(f"evidence_{line.id}"),
                form.get(f"day_{line.id}"),
                fields.Date.context_today(self),
            )
            problem = self._get_told_problems().get(problem) or self._check_document(line, files.get(f"file_{line.id}"))
            if problem:
                problems[line] = problem
        if not problems and not any(told.values()):
            problems[self.answer_ids[:1]] = self.env._("Answer for one effect at least.")
        if not problems:
            self._keep_told(told, files)
        return problems

    def _get_told_problems(self):
        return {
            "answer": self.env._("Choose one of the three answers."),
            "evidence": self.env._("Say in a few words what shows it."),
            "day": self.env._("Say on which day it was observed."),
            "future": self.env._("That day is still to come: correct it."),
        }

    def _check_document(self, line, document):
        """Return what is wrong with a document that was sent, in words."""
        if not document or not document.filename:
            return None
        if not document.filename.lower().endswith(ENDINGS):
            return self.env._("Add a PDF, a picture, a text or a table: %(name)s is none.", name=document.filename)
        if document.seek(0, 2) > LARGEST:
            return self.env._("%(name)s is larger than 10 MB.", name=document.filename)
        if len(line.attachment_ids) >= MOST:
            return self.env._("This effect has %(count)s documents already.", count=MOST)
        return None

    def _keep_told(self, told, files):
        for line, values in told.items():
            if not values:
                continue
            line.write(
                {
                    "told_answer": values.answer,
                    "told_evidence": values.evidence,
                    "told_on": values.observed_on,
                }
            )
            document = files.get(f"file_{line.id}")
            if document and document.filename:
                document.seek(0)
                line.attachment_ids += self.env["ir.attachment"].create(
                    {
                        "name": document.filename,
                        "raw": document.read(),
                        "res_model": line._name,
                        "res_id": line.id,
                    }
                )
        self._log_told(self.env._("Answered by the link: read it, and confirm."))

    def _log_told(self, message):
        self.answered_on = fields.Date.context_today(self)
        self.message_post(body=message, author_id=self.partner_id.id, partner_ids=self.referent_id.partner_id.ids)

    def _tell_satisfaction(self, form):
        """Keep how satisfied the beneficiary is: their word closes the question."""
        answer = form.get("satisfaction")
        if answer not in dict(LEVELS):
            return {self.answer_ids: self.env._("Choose one of the four answers.")}
        self._log_told(self.env._("Satisfaction answered by the link."))
        note = (form.get("satisfaction_note") or "").strip()
        told = {"satisfaction": answer, "satisfaction_note": note[:4000] or False}
        self.write(told)
        if self.partner_id == self.mission_id.partner_id:
            self.mission_id.write(told)
        else:
            self._finish()
        return {}

    def action_take_over(self):
        """Take over what the beneficiary told, where the adviser has said nothing yet.

        :raise UserError: if the beneficiary told nothing.
        """
        self.check_access("write")
        lines = self._get_lines_to_take_over()
        if not lines:
            raise UserError(self.env._("Nothing to take over: each effect told by the beneficiary has its answer."))
        for line in lines:
            line.write({"answer": line.told_answer, "evidence": line.told_evidence, "observed_on": line.told_on})
