"""The survey behind a diagnosis: copied from a template, restricted to those who run the mission."""

from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

INVITE, REMIND = "accompaniment.mail_template_diagnostic_invite", "accompaniment.mail_template_diagnostic_remind"
#: A trial of the survey by those who run it is no answer.
REAL = Domain("test_entry", "!=", True)


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

    template_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        default=lambda self: self.env.ref("accompaniment.survey_prediagnostic", raise_if_not_found=False),
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
    reminder_count = fields.Integer(string="Reminders sent", readonly=True, copy=False)
    reminded_on = fields.Date(string="Last reminder", readonly=True, copy=False)

    def _get_survey_counts(self):
        """Return {id: (invited, respondents)}; one query."""
        rows = (
            self.env["survey.user_input"]
            .sudo()
            ._read_group(
                Domain("survey_id", "in", self.sudo().survey_id.ids) & REAL, ["survey_id", "state"], ["__count"]
            )
        )
        counts = {}
        for survey, state, count in rows:
            invited, done = counts.get(survey.id, (0, 0))
            counts[survey.id] = (invited + count, done + (count if state == "done" else 0))
        return {
            diagnostic._origin.id: counts.get(diagnostic.sudo().survey_id.id, (0, 0))
            for diagnostic in self
            if diagnostic.sudo().survey_id
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
                    "user_id": self.env.uid,
                    "restrict_user_ids": [Command.set(self._get_team().ids)],
                }
            )
            self.sudo().survey_id.title = title
        return {
            "type": "ir.actions.act_window",
            "res_model": "survey.survey",
            "res_id": self.survey_id.id,
            "view_mode": "form",
        }

    def _get_team(self):
        return self.mission_id.referent_id | self.mission_id.adviser_ids | self.env.user

    def action_propose_members(self):
        """Put the network's members who can be written to among the recipients."""
        for diagnostic in self:
            members = (
                self.env["association.member"]
                .sudo()
                .search([("company_id", "=", diagnostic.company_id.id), ("state", "in", ("member", "unpaid"))])
            )
            partners = members.partner_id.filtered("email") - diagnostic.mission_id.partner_id
            diagnostic.recipient_ids |= partners.with_env(self.env)

    def action_send(self):
        """Invite the recipients who have no invitation yet, each with a link of their own."""
        self.ensure_one()
        self.check_access("write")
        silent = self.recipient_ids.filtered(lambda partner: not partner.email)
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

    def action_remind(self):
        """Write again to whoever was invited and did not answer."""
        self.ensure_one()
        self.check_access("write")
        waiting = self.sudo().survey_id.user_input_ids.filtered(
            lambda answer: answer.state != "done" and not answer.test_entry and answer.email
        )
        if self.state != "open" or not waiting:
            raise UserError(self.env._("Nobody is left to remind: everyone answered, or the survey is closed."))
        self._send_mails(REMIND, waiting)
        self.sudo().write({"reminder_count": self.reminder_count + 1, "reminded_on": fields.Date.context_today(self)})
        return self._notify(self.env._("%(count)s reminders are on their way.", count=len(waiting)))

    def _prepare_answer(self, partner):
        return {
            "survey_id": self.sudo().survey_id.id,
            "partner_id": partner.id,
            "email": partner.email,
            "nickname": partner.name,
            "invite_token": self.env["survey.user_input"]._generate_invite_token(),
            "deadline": self.deadline and datetime.combine(self.deadline, time.max).replace(microsecond=0),
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
