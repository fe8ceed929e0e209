"""Diagnoses: a survey of the mission's own, or figures typed in; who is asked, what came back, its charts."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.register.membership_state import MEMBERS
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from ...calculation.diagnostic.answers import FEWEST, AnswerChart, Responses, bars, rate
from ..mission.nightly import work_apart
from .survey_charts import SurveyCharts
from .survey_invitations import SurveyInvitations

INVITE = "accompaniment.mail_template_diagnostic_invite"
REMIND = "accompaniment.mail_template_diagnostic_remind"


class AccompanimentDiagnostic(models.Model):
    """What the network's members say, by a survey sent to them or by figures typed in from paper."""

    _name = "accompaniment.diagnostic"
    _description = "Diagnosis"
    _inherit = ["accompaniment.mission.part", "mail.thread"]
    _order = "mission_id, sequence, id"

    name = fields.Char(required=True, default=lambda self: self.env._("Pre-diagnosis"))
    source = fields.Selection(
        [("survey", "Survey sent by mail"), ("typed", "Figures typed in (paper, interviews)")],
        required=True,
        default="survey",
    )
    state = fields.Selection(
        [("draft", "To be sent"), ("open", "Under way"), ("closed", "Ended")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    deadline = fields.Date(string="Answers until")
    closed_on = fields.Date(string="Closed on", readonly=True, copy=False)

    # The survey: copied from a questionnaire, for those who run the mission alone.
    template_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        default=lambda self: self.env.ref("accompaniment.survey_prediagnostic", raise_if_not_found=False),
        domain=[("accompaniment_diagnostic_ids", "=", False)],
        help="The survey that is copied for this mission.",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        string="Survey of the mission",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    answer_ids = fields.One2many(
        related="survey_id.user_input_ids", groups="survey.group_survey_user", string="Invitations"
    )

    # Who is asked: members of the network, chosen from its register.
    recipient_ids = fields.Many2many("res.partner", string="Recipients", copy=False)
    category_ids = fields.Many2many("association.category", string="Only these categories", check_company=True)
    college_ids = fields.Many2many("association.college", string="Only these colleges", check_company=True)
    territory_ids = fields.Many2many(
        "association.territory", string="Only these territories", help="And what lies in them."
    )
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

    # What came back.
    invited_typed = fields.Integer(string="Invited (typed in)")
    respondents_typed = fields.Integer(string="Respondents (typed in)")
    figure_ids = fields.One2many("accompaniment.diagnostic.figure", "diagnostic_id", string="Answers typed in")
    invited = fields.Integer(compute="_compute_response")
    respondents = fields.Integer(compute="_compute_response")
    partial = fields.Integer(
        compute="_compute_response", string="Begun, not finished", help="Answered some questions, and stopped."
    )
    count_partial = fields.Boolean(
        string="Count what was begun",
        help="Those who stopped on the way count among the respondents and in the charts.",
    )
    response_rate = fields.Float(string="Response rate", compute="_compute_response", digits=(16, 4))
    text_answers = fields.Selection(
        [("counted", "Counted"), ("listed", "Listed, without names")],
        string="Answers in words",
        required=True,
        default="counted",
        help="Whoever reads the mission or its report reads what is listed. Words may betray who wrote them: "
        "read them in the survey first.",
    )
    chart_html = fields.Html(string="Answers", compute="_compute_chart_html", sanitize=False)

    _figures_possible = models.Constraint(
        "CHECK (invited_typed >= 0 AND respondents_typed >= 0 AND respondents_typed <= invited_typed)",
        "More people answered than were invited: correct one of the two numbers.",
    )
    _reminders_possible = models.Constraint(
        "CHECK (reminder_days > 0 AND reminder_max >= 0)",
        "A reminder goes out one day after the invitation at the earliest, and as often as 0 times or more.",
    )

    @api.constrains("source", "respondents_typed")
    def _check_figures(self):
        for diagnostic in self.filtered(lambda diagnostic: diagnostic.source == "typed"):
            figure = diagnostic.figure_ids.sorted("count")[-1:]
            if figure.count > diagnostic.respondents:
                raise ValidationError(
                    self.env._(
                        "%(count)s people chose “%(label)s”, and only %(respondents)s answered: correct one of the "
                        "two numbers.",
                        count=figure.count,
                        label=figure.label,
                        respondents=diagnostic.respondents,
                    )
                )

    @api.constrains("state")
    def _check_closed_with_answers(self):
        for diagnostic in self:
            if diagnostic.state == "closed" and not diagnostic.respondents:
                raise ValidationError(self.env._("%(name)s has no answer: it cannot be closed.", name=diagnostic.name))

    @api.model_create_multi
    def create(self, vals_list):
        diagnostics = super().create(vals_list)
        diagnostics._check_survey_is_own()
        return diagnostics

    def write(self, vals):
        """A new deadline holds for the invitations that were sent too."""
        res = super().write(vals)
        if "survey_id" in vals:
            self._check_survey_is_own()
        if "deadline" in vals:
            for diagnostic in self:
                SurveyInvitations(diagnostic.survey_id).extend(diagnostic._get_last_moment())
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        answered = self.filtered(lambda diagnostic: diagnostic.source == "survey" and diagnostic.respondents)
        if answered:
            raise UserError(
                self.env._(
                    "%(name)s has answers: close it instead of deleting it.", name=", ".join(answered.mapped("name"))
                )
            )

    # ---- what came back ----

    @api.depends("source", "invited_typed", "respondents_typed", "count_partial", "answer_ids.state")
    def _compute_response(self):
        counts = SurveyInvitations(self.survey_id).count()
        for diagnostic in self:
            found = (
                Responses(diagnostic.invited_typed, diagnostic.respondents_typed)
                if diagnostic.source == "typed"
                else counts.get(diagnostic.survey_id.id, Responses())
            )
            diagnostic.invited, diagnostic.partial = found.invited, found.begun
            diagnostic.respondents = found.finished + (found.begun if diagnostic.count_partial else 0)
            diagnostic.response_rate = (
                rate(max(diagnostic.invited, diagnostic.respondents), diagnostic.respondents) or 0.0
            )

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
        """Return the :class:`AnswerChart` of each question that was answered."""
        self.ensure_one()
        if self.source == "survey":
            return SurveyCharts(self.survey_id, self.count_partial, self.text_answers == "listed").build()
        return [
            AnswerChart(
                question,
                self.respondents,
                bars([(figure.label, figure.count) for figure in figures], self.respondents),
            )
            for question, figures in self.figure_ids.grouped("question").items()
        ]

    # ---- from its beginning to its end ----

    def action_open(self):
        """Start with figures typed in: nothing is sent."""
        self._write_facts({"state": "open"})

    def action_close(self):
        """Close: nobody answers any more, and the findings rest on what was answered, by one at least."""
        self.check_access("write")
        for diagnostic in self:
            if not diagnostic.respondents:
                raise UserError(
                    self.env._(
                        "Nobody answered %(name)s yet: send a reminder, or type the figures in, before you close it.",
                        name=diagnostic.name,
                    )
                )
        self._write_facts({"state": "closed", "closed_on": fields.Date.context_today(self)})
        self.sudo().survey_id.action_archive()

    def action_reopen(self):
        self._write_facts({"state": "open", "closed_on": False})
        self.sudo().survey_id.action_unarchive()

    # ---- the survey ----

    def action_prepare_survey(self):
        """Copy the questionnaire for this mission, for its team only, and open it."""
        self.ensure_one()
        self.check_access("write")
        self._copy_survey()
        return self.survey_id._get_records_action(context={})

    def _copy_survey(self):
        """Make the survey of the mission, once."""
        if self.survey_id:
            return
        if not self.template_id:
            raise UserError(self.env._("Choose the questionnaire first: it is copied for this mission."))
        title = f"{self.name} – {self.mission_id.partner_id.name}"
        survey = self.template_id.sudo().copy(
            {"title": title, "access_mode": "token", "attempts_limit": 1, **self._prepare_team()}
        )
        survey.title = title
        self.sudo().survey_id = survey

    def action_view_survey(self):
        self.ensure_one()
        return self.action_prepare_survey() if self.survey_id else False

    def _prepare_team(self):
        """Return the values that give the survey to those who run the mission, and to nobody else."""
        mission = self.mission_id
        return {
            "user_id": mission.referent_id.id,
            "restrict_user_ids": [Command.set((mission.referent_id | mission.adviser_ids).ids)],
        }

    def _keep_team(self):
        """Who joins the mission reads the answers; who leaves it does so no more."""
        for diagnostic in self.filtered("survey_id"):
            diagnostic.sudo().survey_id.write(diagnostic._prepare_team())

    def _check_survey_is_own(self):
        """Whoever runs a mission reads its survey's answers: nobody gives it the survey of another one."""
        if not self.env.su and self.survey_id:
            raise AccessError(self.env._("The survey of a mission is copied from the questionnaire, not chosen."))

    # ---- invitations ----

    def action_propose_members(self):
        """Put the network's members among the recipients, or whoever receives a member's mail.

        Members without any address are named, for somebody to ask them on paper.
        """
        self.ensure_one()
        self.check_access("write")
        members = self.env["association.member"].sudo().search(self._get_audience_domain())
        contacts = members._get_billing_contacts()
        addressed = {
            member: (member.partner_id | contacts.get(member, member.partner_id)).filtered("email")[:1]
            for member in members
        }
        silent = members.filtered(lambda member: not addressed[member])
        self.recipient_ids |= self.env["res.partner"].union(*addressed.values())
        message = self.env._("%(count)s members are among the recipients.", count=len(members - silent))
        if silent:
            message += " " + self.env._(
                "No mail reaches %(count)s others: %(names)s.",
                count=len(silent),
                names=", ".join(silent[:10].partner_id.mapped("name")),
            )
        return self._notify(message)

    def _get_audience_domain(self):
        """Return the domain of the members to ask; whom the mission is for is not asked."""
        domain = Domain("company_id", "=", self.company_id.id) & Domain("state", "in", MEMBERS)
        domain &= Domain("partner_id", "not in", self.mission_id.partner_id.ids)
        for field, operator in (("category", "in"), ("college", "in"), ("territory", "child_of")):
            chosen = self[f"{field}_ids"]
            if chosen:
                domain &= Domain(f"{field}_id", operator, chosen.ids)
        return domain

    def action_send(self):
        """Invite the recipients who have no invitation yet, each with a link of their own."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        self._check_sendable()
        self._copy_survey()
        invitations = SurveyInvitations(self.survey_id)
        new = self.recipient_ids - invitations.surveys.user_input_ids.partner_id
        answers = invitations.add(new, self._get_last_moment())
        invitations.send(INVITE, answers)
        self._write_facts({"state": "open"})
        return self._notify(self.env._("%(count)s invitations are on their way.", count=len(answers)))

    def _check_sendable(self):
        """Raise what keeps the invitations from reaching the recipients."""
        if self._is_past_deadline():
            raise UserError(self.env._("Answers are awaited until a day that is past: change it before you send."))
        if not self.recipient_ids:
            raise UserError(self.env._("Say who is to answer: choose the recipients, or propose the members."))
        silent = self.recipient_ids.filtered(lambda partner: not partner.email)
        if silent:
            raise UserError(
                self.env._(
                    "No mail can reach %(names)s: give an address, or take them off the recipients.",
                    names=", ".join(silent[:5].mapped("display_name")),
                )
            )

    def _get_last_moment(self):
        return self.deadline and self.company_id._get_own_evening(self.deadline)

    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                # The window stays, and shows what has changed.
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ---- reminders ----

    def action_remind(self):
        """Write again to whoever was invited and did not answer, however often that was done."""
        self.ensure_one()
        self.check_access("write")
        waiting = SurveyInvitations(self.survey_id).search_waiting() if self.state == "open" else None
        if not waiting:
            raise UserError(self.env._("Nobody is left to remind: everyone answered, or the survey is closed."))
        self._remind(waiting)
        return self._notify(self.env._("%(count)s reminders are on their way.", count=len(waiting)))

    @api.model
    def _cron_remind(self):
        """Remind whoever has not answered the open surveys, after some days and so many times at most."""
        diagnostics = self.search(
            Domain("state", "=", "open")
            & Domain("source", "=", "survey")
            & Domain("reminder_max", ">", 0)
            & Domain("mission_id.state", "in", ("prepared", "running"))
        ).filtered(lambda diagnostic: not diagnostic._is_past_deadline())
        self.env["ir.cron"]._commit_progress(remaining=len(diagnostics))
        waiting = SurveyInvitations(diagnostics.survey_id).search_waiting().grouped("survey_id")
        for diagnostic in diagnostics:
            today = diagnostic.company_id._get_own_today()
            answers = waiting.get(diagnostic.survey_id, self.env["survey.user_input"]).filtered(
                lambda answer, diagnostic=diagnostic, today=today: answer._is_reminder_due(diagnostic, today)
            )
            work_apart(diagnostic, lambda diagnostic, answers=answers: diagnostic._remind(answers))
            self.env["ir.cron"]._commit_progress(1)

    def _is_past_deadline(self):
        return bool(self.deadline) and self.deadline < self.company_id._get_own_today()

    def _remind(self, answers):
        """Send the reminders of these invitations, and log them."""
        if not answers:
            return
        SurveyInvitations(answers.survey_id).send(REMIND, answers)
        today = self.company_id._get_own_today()
        for count, group in answers.grouped("accompaniment_reminder_count").items():
            group.write({"accompaniment_reminder_count": count + 1, "accompaniment_reminded_on": today})
        self.sudo().write({"reminder_count": self.reminder_count + len(answers), "reminded_on": today})
        self.message_post(body=self.env._("Reminded: %(count)s who had not answered.", count=len(answers)))
