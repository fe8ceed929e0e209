"""Reviews of the effects of a mission: planned, asked for, answered by a link without a login, and confirmed."""

import secrets
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from ...calculation.effect.told import LONGEST, read
from ..mission.nightly import work_apart

#: Months after the end of a mission at which its effects are looked at.
MONTHS = (6, 12, 18)
#: How satisfied a beneficiary is.
LEVELS = [("1", "Not at all"), ("2", "Rather not"), ("3", "Rather"), ("4", "Completely")]
#: Documents that a beneficiary may add: endings, size and number for each effect.
ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods")
LARGEST = 10 * 1024 * 1024
MOST = 5
#: Mails: to ask for a review, to recall it, and to ask for the satisfaction at closing.
PROPOSAL = "accompaniment.mail_template_review"
SATISFACTION = "accompaniment.mail_template_satisfaction"
REMINDER = "accompaniment.mail_template_review_remind"


class AccompanimentReview(models.Model):
    """What became of a mission, asked of one beneficiary at one horizon; at closing: how satisfied it is."""

    _name = "accompaniment.review"
    _description = "Review of Effects"
    _inherit = ["accompaniment.mission.part", "mail.thread", "mail.activity.mixin"]
    _order = "mission_id, months, id"

    months = fields.Integer(
        string="Months after the end", required=True, help="0: how satisfied the beneficiary is, asked at closing."
    )
    topic = fields.Char(string="Asks about", compute="_compute_topic")
    due_on = fields.Date(string="Due on", compute="_compute_due_on", store=True, index=True)
    state = fields.Selection(
        [("planned", "Planned"), ("proposed", "To be answered"), ("done", "Done")],
        required=True,
        readonly=True,
        default="planned",
        index=True,
        tracking=True,
    )
    proposed_on = fields.Date(string="Proposed on", readonly=True)
    reminded_on = fields.Date(string="Reminded on", readonly=True)
    done_on = fields.Date(string="Done on", readonly=True)
    referent_id = fields.Many2one(related="mission_id.referent_id", store=True, string="Referent")
    partner_id = fields.Many2one(
        "res.partner",
        string="Beneficiary",
        compute="_compute_partner_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
        help="Answers for itself: each beneficiary of the mission has reviews of its own.",
    )
    answer_ids = fields.One2many("accompaniment.review.answer", "review_id", string="Effects")
    note = fields.Html(string="What is learnt from it")
    satisfaction = fields.Selection(LEVELS, string="Satisfied", readonly=True, copy=False)
    satisfaction_note = fields.Text(string="In the beneficiary's words", readonly=True, copy=False)

    # The link, and what was answered by it.
    access_token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    answered_on = fields.Date(string="Beneficiary answered on", readonly=True, copy=False)
    to_take_over = fields.Boolean(compute="_compute_to_take_over")

    _once = models.UniqueIndex(
        "(mission_id, partner_id, months)", "This beneficiary has its review for that number of months already."
    )
    _months_not_negative = models.Constraint("CHECK (months >= 0)", "A review does not come before the end.")

    @api.depends("mission_id")
    def _compute_partner_id(self):
        for review in self:
            review.partner_id = review.partner_id or review.mission_id.partner_id

    @api.depends("months", "mission_id.date_to", "mission_id.closed_on")
    def _compute_due_on(self):
        for review in self:
            review.due_on = review.mission_id._get_review_day(review.months)

    @api.depends("months")
    def _compute_topic(self):
        for review in self:
            review.topic = (
                self.env._("Effects at %s months", review.months)
                if review.months
                else self.env._("Satisfaction at closing")
            )

    @api.depends("mission_id.name", "mission_id.partner_id", "months", "partner_id.name")
    def _compute_display_name(self):
        for review in self:
            mission = review.mission_id.name or ""
            if review.partner_id != review.mission_id.partner_id:
                mission = f"{mission} ({review.partner_id.name})"
            review.display_name = (
                self.env._("%(mission)s: review at %(months)s months", mission=mission, months=review.months)
                if review.months
                else self.env._("%(mission)s: satisfaction at closing", mission=mission)
            )

    # ---- asking ----

    @api.model
    def _cron_propose(self):
        """Propose the reviews that are due, once, and remind once whoever does not answer."""
        for [company] in self._read_group([("state", "!=", "done")], ["company_id"]):
            # In the association's own time: what day it is there decides.
            local = self.with_env(company._in_own_time().env)
            due, silent = local._search_due(company), local._search_silent(company)
            self.env["ir.cron"]._commit_progress(remaining=len(due) + len(silent))
            work_apart(due, lambda reviews: reviews._propose())
            self.env["ir.cron"]._commit_progress(len(due))
            work_apart(silent, lambda reviews: reviews._remind())
            self.env["ir.cron"]._commit_progress(len(silent))

    def _search_due(self, company):
        """Return the reviews of an association whose day has come."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "planned"),
                ("mission_id.state", "=", "closed"),
                ("due_on", "<=", fields.Date.context_today(self)),
            ]
        )

    def _search_silent(self, company):
        """Return the reviews whose beneficiary has not answered for the days set, and was not reminded."""
        days = company.accompaniment_review_reminder_days
        asked = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "proposed"),
                ("answered_on", "=", False),
                ("reminded_on", "=", False),
                ("proposed_on", "<=", fields.Date.context_today(self) - timedelta(days=max(days, 1))),
            ]
        )
        if not days:
            return asked.browse()
        return asked.filtered(lambda review: not review.months or not all(review.answer_ids.mapped("answer")))

    def action_propose(self):
        """Open the review now: whoever leads the mission need not wait for its day."""
        self.check_access("write")
        self.filtered(lambda review: review.state == "planned")._propose()

    def action_remind(self):
        """Send the beneficiary the link again.

        :raise UserError: if the review is not open, or no mail reaches the beneficiary.
        """
        self.check_access("write")
        for review in self:
            if review.state != "proposed" or not review.partner_id.email:
                raise UserError(
                    self.env._(
                        "%(review)s: the link goes to a beneficiary who has a mail address, while the review is open.",
                        review=review.display_name,
                    )
                )
        self._remind()

    def _propose(self):
        """Open reviews: a to-do for the referent, and a mail with a link for the beneficiary."""
        reviews = self.filtered("months")
        reviews._fill_answers()
        self._write_facts({"state": "proposed", "proposed_on": fields.Date.context_today(self)})
        self._open_page()
        for review in reviews:
            review.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=max(review.due_on or review.proposed_on, review.proposed_on),
                summary=self.env._("Review the effects of %(mission)s", mission=review.mission_id.name),
                user_id=review.referent_id.id,
            )
        self._send(PROPOSAL)

    def _remind(self):
        self._send(REMINDER)
        # Reached or not, once: the list shows what is still to be answered.
        self._write_facts({"reminded_on": fields.Date.context_today(self)})

    def _send(self, template):
        """Write to the beneficiaries who can be: about the effects, or to ask again how satisfied they are.

        The link is theirs alone: while the mail waits, its message stands in no chatter, and is nobody's.
        """
        root = self.env["res.users"].browse(SUPERUSER_ID)
        values = {"model": False, "res_id": False, "author_id": root.partner_id.id}
        gone = self.partner_id._say_gone()
        reachable = self.filtered(lambda review: review.partner_id.email and review.partner_id not in gone)
        effects = reachable.filtered("months")
        for reviews, xmlid in ((effects, template), (reachable - effects, SATISFACTION)):
            if reviews:
                self.env.ref(xmlid).with_user(root).send_mail_batch(reviews.ids, email_values=values)

    def _fill_answers(self):
        """Give every expected effect of the missions a line to answer."""
        self.env["accompaniment.review.answer"].create(
            [
                {"review_id": review.id, "effect_id": effect.id}
                for review in self
                for effect in review.mission_id.effect_ids - review.answer_ids.effect_id
            ]
        )

    # ---- closing ----

    def action_done(self):
        """Close the review once every effect has its answer.

        :raise UserError: if an effect has none.
        """
        self._fill_answers()
        silent = self.answer_ids.filtered(lambda line: not line.answer)
        if silent:
            raise UserError(
                self.env._(
                    "Still without an answer: %(names)s. “Not yet” is one.",
                    names=", ".join(silent[:5].effect_id.mapped("name")),
                )
            )
        self._finish()

    def _finish(self):
        """The review is over: its link opens nothing any more."""
        self._write_facts({"state": "done", "done_on": fields.Date.context_today(self)})
        self.sudo().access_token = False
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def action_reopen(self):
        self._write_facts({"state": "proposed", "done_on": False})
        self._open_page()

    # ---- the page of the link ----

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

    def _receive(self, form, files):
        """Keep what the beneficiary tells, and let the referent know.

        :param form: {field of the page: text}.
        :param files: {field of the page: file sent}.
        :return: {effect's line: problem in words}; nothing is kept where there is one.
        """
        self.ensure_one()
        if not self.months:
            return self._receive_satisfaction(form)
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
            line._write_facts(
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
        self._write_facts({"answered_on": fields.Date.context_today(self)})
        self.message_post(body=message, author_id=self.partner_id.id, partner_ids=self.referent_id.partner_id.ids)

    def _receive_satisfaction(self, form):
        """Keep how satisfied the beneficiary is: their word closes the question."""
        answer = form.get("satisfaction")
        if answer not in dict(LEVELS):
            return {self.answer_ids: self.env._("Choose one of the four answers.")}
        self._log_told(self.env._("Satisfaction answered by the link."))
        note = (form.get("satisfaction_note") or "").strip()
        told = {"satisfaction": answer, "satisfaction_note": note[:LONGEST] or False}
        self._write_facts(told)
        if self.partner_id == self.mission_id.partner_id:
            self.mission_id.write(told)
        else:
            self._finish()
        return {}

    # ---- taking over what was told ----

    @api.depends("answer_ids.told_answer", "answer_ids.answer")
    def _compute_to_take_over(self):
        for review in self:
            review.to_take_over = bool(review._get_lines_to_take_over())

    def _get_lines_to_take_over(self):
        """Return the effects that the beneficiary answered, and the adviser has not."""
        return self.answer_ids.filtered(lambda line: line.told_answer and not line.answer)

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
