"""Invitations to the surveys of diagnoses: who was asked, who answered, who is still to be reminded."""

from datetime import datetime, time

from odoo.fields import Domain

from ...calculation.diagnostic.answers import Responses

#: A trial of the survey by those who run it is no answer.
REAL = Domain("test_entry", "!=", True)


class SurveyInvitations:
    """The invitations to some surveys, with all rights: whoever calls has checked who may ask.

    :param surveys: recordset of ``survey.survey``.
    """

    def __init__(self, surveys):
        self.surveys = surveys.sudo()
        self.inputs = self.surveys.env["survey.user_input"]

    def count(self):
        """Return {id of the survey: :class:`Responses`}; two queries."""
        of_surveys = Domain("survey_id", "in", self.surveys.ids)
        rows = self.inputs._read_group(of_surveys & REAL, ["survey_id", "state"], ["__count"])
        counts = {(survey.id, state): count for survey, state, count in rows}
        begun = dict(
            self.inputs.env["survey.user_input.line"]._read_group(
                of_surveys
                & Domain("skipped", "!=", True)
                & Domain("user_input_id", "any", REAL & Domain("state", "=", "in_progress")),
                ["survey_id"],
                ["user_input_id:count_distinct"],
            )
        )
        return {
            survey.id: Responses(
                invited=sum(counts.get((survey.id, state), 0) for state in ("new", "in_progress", "done")),
                finished=counts.get((survey.id, "done"), 0),
                begun=begun.get(survey, 0),
            )
            for survey in self.surveys
        }

    def add(self, partners, deadline):
        """Return a new invitation of each of these people to the survey, with a link of their own; nothing is sent.

        :param deadline: last day to answer, or False.
        """
        self.surveys.ensure_one()
        return self.inputs.create(
            [
                {
                    "survey_id": self.surveys.id,
                    "partner_id": partner.id,
                    "email": partner.email,
                    "nickname": partner.name,
                    "invite_token": self.inputs._generate_invite_token(),
                    "deadline": self._get_last_moment(deadline),
                }
                for partner in partners
            ]
        )

    def extend(self, deadline):
        """Give all invitations a deadline, those that were sent too."""
        self.surveys.user_input_ids.write({"deadline": self._get_last_moment(deadline)})

    def _get_last_moment(self, day):
        return day and datetime.combine(day, time.max).replace(microsecond=0)

    def search_waiting(self):
        """Return the invitations of those who have not answered."""
        return self.inputs.search(
            Domain("survey_id", "in", self.surveys.ids)
            & Domain("state", "!=", "done")
            & Domain("email", "!=", False)
            & REAL
        )

    def send(self, template, answers):
        """Write to whoever holds some of the invitations.

        :param template: xml-id of the mail.
        """
        if answers:
            self.inputs.env.ref(template).send_mail_batch(answers.ids)
