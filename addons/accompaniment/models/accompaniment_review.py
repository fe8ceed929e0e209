from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError

#: Months after the end of a mission at which its effects are looked at.
MONTHS = (6, 12, 18)
PROPOSAL = "accompaniment.mail_template_review"


class AccompanimentReview(models.Model):
    _name = "accompaniment.review"
    _description = "Review of Effects"
    _inherit = ["accompaniment.mission.part", "mail.thread", "mail.activity.mixin"]
    _order = "mission_id, months, id"

    months = fields.Integer(string="Months after the end", required=True)
    due_on = fields.Date(string="Due on", compute="_compute_due_on", store=True, index=True)
    state = fields.Selection(
        [("planned", "Planned"), ("proposed", "To be answered"), ("done", "Done")],
        required=True,
        default="planned",
        index=True,
        tracking=True,
    )
    done_on = fields.Date(string="Done on", readonly=True)
    referent_id = fields.Many2one(related="mission_id.referent_id", store=True, string="Referent")
    partner_id = fields.Many2one(related="mission_id.partner_id", string="Main beneficiary")
    answer_ids = fields.One2many("accompaniment.review.answer", "review_id", string="Effects")
    note = fields.Html(string="What is learnt from it")

    _once = models.UniqueIndex("(mission_id, months)", "This mission has its review for that number of months already.")
    _months_positive = models.Constraint("CHECK (months > 0)", "A review comes at least one month after the end.")

    @api.depends("months", "mission_id.date_to", "mission_id.closed_on")
    def _compute_due_on(self):
        for review in self:
            end = review.mission_id.date_to or review.mission_id.closed_on
            review.due_on = end and end + relativedelta(months=review.months)

    @api.depends("mission_id.name", "months")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "%(mission)s: review at %(months)s months", mission=review.mission_id.name or "", months=review.months
            )

    @api.model
    def _cron_propose(self):
        """Propose the reviews that are due: an activity for the referent, a mail to the beneficiary, once."""
        due = self.search(
            [
                ("state", "=", "planned"),
                ("mission_id.state", "=", "closed"),
                ("due_on", "<=", fields.Date.context_today(self)),
            ]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        due._propose()
        self.env["ir.cron"]._commit_progress(len(due))

    def action_propose(self):
        """Open the review now: whoever leads the mission need not wait for its day."""
        self.check_access("write")
        self.filtered(lambda review: review.state == "planned")._propose()

    def _propose(self):
        self._fill_answers()
        self.write({"state": "proposed"})
        for review in self:
            review.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=max(review.due_on or fields.Date.context_today(self), fields.Date.context_today(self)),
                summary=self.env._("Review the effects of %(mission)s", mission=review.mission_id.name),
                user_id=review.referent_id.id,
            )
        reachable = self.filtered(lambda review: review.partner_id.email)
        if reachable:
            self.env.ref(PROPOSAL).sudo().send_mail_batch(reachable.ids)

    def _fill_answers(self):
        """Give every expected effect of the missions a line to answer."""
        self.env["accompaniment.review.answer"].create(
            [
                {"review_id": review.id, "effect_id": effect.id}
                for review in self
                for effect in review.mission_id.effect_ids - review.answer_ids.effect_id
            ]
        )

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
        self.write({"state": "done", "done_on": fields.Date.context_today(self)})
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def action_reopen(self):
        self.write({"state": "proposed", "done_on": False})
