"""The survey behind a diagnosis: copied from a template, restricted to those who run the mission."""

from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

INVITE = "accompaniment.mail_template_diagnostic_invite"
#: A trial of the survey by those who run it is no answer.
REAL = Domain("test_entry", "!=", True)


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

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
    recipient_ids = fields.Many2many("res.partner", string="Recipients", copy=False)

    def _get_survey_counts(self):
        """Return {id: (invited, finished, begun and not finished)}; two queries."""
        surveys = self.sudo().survey_id
        rows = (
            self.env["survey.user_input"]
            .sudo()
            ._read_group(Domain("survey_id", "in", surveys.ids) & REAL, ["survey_id", "state"], ["__count"])
        )
        counts = {(survey.id, state): count for survey, state, count in rows}
        begun = dict(
            self.env["survey.user_input.line"]
            .sudo()
            ._read_group(
                Domain("survey_id", "in", surveys.ids)
                & Domain("skipped", "!=", True)
                & Domain("user_input_id", "any", REAL & Domain("state", "=", "in_progress")),
                ["survey_id"],
                ["user_input_id:count_distinct"],
            )
        )
        return {
            diagnostic._origin.id: (
                sum(counts.get((survey.id, state), 0) for state in ("new", "in_progress", "done")),
                counts.get((survey.id, "done"), 0),
                begun.get(survey, 0),
            )
            for diagnostic, survey in ((diagnostic, diagnostic.sudo().survey_id) for diagnostic in self)
            if survey
        }

    def action_prepare_survey(self):
        """Copy the questionnaire for this mission, for its team only, and open it."""
        self.ensure_one()
        self.check_access("write")
        if not self.survey_id:
            if not self.template_id:
                raise UserError(self.env._("Choose the questionnaire first: it is copied for this mission."))
            title = f"{self.name} – {self.mission_id.partner_id.name}"
            self.sudo().survey_id = self.template_id.sudo().copy(
                {
                    "title": title,
                    "access_mode": "token",
                    **self._prepare_team(),
                }
            )
            self.sudo().survey_id.title = title
        return {
            "type": "ir.actions.act_window",
            "res_model": "survey.survey",
            "res_id": self.survey_id.id,
            "view_mode": "form",
        }

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
                diagnostic.sudo().survey_id.user_input_ids.write({"deadline": diagnostic._get_last_moment()})
        return res

    def _get_last_moment(self):
        return self.deadline and datetime.combine(self.deadline, time.max).replace(microsecond=0)

    def action_send(self):
        """Invite the recipients who have no invitation yet, each with a link of their own."""
        self.ensure_one()
        self.check_access("write")
        silent = self.recipient_ids.filtered(lambda partner: not partner.email)
        if self.deadline and self.deadline < fields.Date.context_today(self):
            raise UserError(self.env._("Answers are awaited until a day that is past: change it before you send."))
        if not self.recipient_ids or silent:
            raise UserError(
                self.env._(
                    "No mail can reach %(names)s: give an address, or take them off the recipients.",
                    names=", ".join(silent[:5].mapped("display_name")),
                )
                if silent
                else self.env._("Say who is to answer: choose the recipients, or propose the members.")
            )
        if not self.survey_id:
            self.action_prepare_survey()
        survey = self.sudo().survey_id
        new = self.recipient_ids - survey.user_input_ids.partner_id
        answers = self.env["survey.user_input"].sudo().create([self._prepare_answer(partner) for partner in new])
        self._send_mails(INVITE, answers)
        self.state = "open"
        return self._notify(self.env._("%(count)s invitations are on their way.", count=len(answers)))

    def _prepare_answer(self, partner):
        return {
            "survey_id": self.sudo().survey_id.id,
            "partner_id": partner.id,
            "email": partner.email,
            "nickname": partner.name,
            "invite_token": self.env["survey.user_input"]._generate_invite_token(),
            "deadline": self._get_last_moment(),
        }

    def _send_mails(self, xmlid, answers):
        if answers:
            self.env.ref(xmlid).sudo().send_mail_batch(answers.ids)

    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _close_surveys(self):
        self.sudo().survey_id.action_archive()

    def _reopen_surveys(self):
        self.sudo().survey_id.action_unarchive()

    def action_view_survey(self):
        self.ensure_one()
        return self.action_prepare_survey() if self.survey_id else False

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        answered = self.filtered(lambda diagnostic: diagnostic.source == "survey" and diagnostic.respondents)
        if answered:
            raise UserError(
                self.env._(
                    "%(name)s has answers: close it instead of deleting it.", name=", ".join(answered.mapped("name"))
                )
            )
