"""Invitations to the surveys of diagnoses: who was asked, who answered, who is still to be reminded."""

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

    def get_answers(self):
        """Return the answer of each person, finished or not; one query.

        Whoever answered twice is one person: the last answer that they finished is theirs, else the last one.
        """
        people, answers = {}, {}
        for answer in self.inputs.search_fetch(
            Domain("survey_id", "in", self.surveys.ids) & REAL,
            ["survey_id", "partner_id", "email", "invite_token", "state"],
            order="id",
        ):
            keys = [
                (answer.survey_id, name, answer[name]) for name in ("invite_token", "partner_id") if answer[name]
            ] or [(answer.survey_id, "email", answer.email or answer)]
            person = next((people[key] for key in keys if key in people), answer)
            people.update(dict.fromkeys(keys, person))
            if person not in answers or answer.state == "done" or answers[person].state != "done":
                answers[person] = answer
        return self.inputs.union(*answers.values())

    def count(self):
        """Return {id of the survey: :class:`Responses`}; two queries."""
        answers = self.get_answers()
        stopped = answers.filtered(lambda answer: answer.state == "in_progress")
        begun = dict(
            self.inputs.env["survey.user_input.line"]._read_group(
                Domain("skipped", "!=", True) & Domain("user_input_id", "in", stopped.ids),
                ["survey_id"],
                ["user_input_id:count_distinct"],
            )
        )
        return {
            survey.id: Responses(
                invited=len(of_survey),
                finished=len(of_survey.filtered(lambda answer: answer.state == "done")),
                begun=begun.get(survey, 0),
            )
            for survey, of_survey in answers.grouped("survey_id").items()
        }

    def add(self, partners, deadline):
        """Return a new invitation of each of these people to the survey, with a link of their own; nothing is sent.

        :param deadline: last moment to answer, or False.
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
                    "deadline": deadline,
                }
                for partner in partners
            ]
        )

    def extend(self, deadline):
        """Give all invitations a deadline, those that were sent too."""
        self.surveys.user_input_ids.write({"deadline": deadline})

    def search_waiting(self):
        """Return the invitations of those who have not answered."""
        return self.get_answers().filtered(lambda answer: answer.state != "done" and answer.email)

    def send(self, template, answers):
        """Write to whoever holds some of the invitations.

        :param template: xml-id of the mail.
        """
        if answers:
            company = self.surveys.accompaniment_diagnostic_ids.company_id[:1]
            # The mail names the day of the deadline, which is a moment.
            zone = company._in_own_time().env.context["tz"] if company else self.inputs.env.context.get("tz")
            self.inputs.env.ref(template).with_context(tz=zone).send_mail_batch(answers.ids)
