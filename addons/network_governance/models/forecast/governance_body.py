"""Reminders to whoever follows the bodies: once for each term and each vacancy."""

from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import format_date


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    @api.model
    def _cron_remind(self, today=None):
        """Plan the activities of the day; bring the declarations in line with what time has ended.

        :param today: the day; today by default.
        """
        today = today or fields.Date.context_today(self)
        self._mail_reminders(self._remind_of_terms(today) | self._remind_of_vacancies(today))
        self.search([("declared", "=", True)])._follow_officers()

    @api.model
    def _remind_of_terms(self, today):
        """Plan one activity per body and term, with the number of mandates that end; return them."""
        activities = self.env["mail.activity"]
        for company in self.env["res.company"].search([]):
            horizon = today + relativedelta(months=company.governance_reminder_months)
            mandates = self.env["governance.mandate"].search(
                [
                    ("company_id", "=", company.id),
                    ("role", "=", "titular"),
                    ("term_date", ">=", today),
                    ("term_date", "<=", horizon),
                    ("ended_on", "=", False),
                    ("term_reminded_on", "=", False),
                ]
            )
            for (body, term), own in mandates.grouped(lambda m: (m.body_id, m.term_date)).items():
                activities |= body._plan_term_reminder(term, len(own))
            mandates.term_reminded_on = today
        return activities

    @api.model
    def _remind_of_vacancies(self, today):
        """Plan one activity per body that has vacant seats not told yet; return them."""
        activities = self.env["mail.activity"]
        vacant = self.env["governance.seat"].search([("is_vacant", "=", True)])
        for body, seats in vacant.filtered(lambda seat: not seat.vacancy_reminded_on).grouped("body_id").items():
            activities |= body._plan_vacancy_reminder(today, len(seats))
            seats.vacancy_reminded_on = today
        # A seat that was filled since, and falls vacant again, is told again.
        filled = self.env["governance.seat"].search([("vacancy_reminded_on", "!=", False), ("is_vacant", "=", False)])
        filled.vacancy_reminded_on = False
        return activities

    @api.model
    def _mail_reminders(self, activities):
        """Send each person one mail with all that she is newly reminded of, rather than one for each."""
        for user, own in activities.grouped("user_id").items():
            bodies = self.with_context(lang=user.lang)
            lines = [(bodies.browse(activity.res_id)._get_html_link(), activity.summary) for activity in own]
            bodies.env["mail.thread"].message_notify(
                partner_ids=user.partner_id.ids,
                subject=bodies.env._("Governance: terms and seats to look after (%s)", len(own)),
                body=Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s – %s</li>") % line for line in lines),
                email_layout_xmlid="mail.mail_notification_light",
            )

    def _plan_term_reminder(self, term, count):
        body, user = self._for_follower()
        summary = body.env._(
            "Term on %(day)s: mandates to renew: %(count)s", count=count, day=format_date(body.env, term)
        )
        return body._plan_reminder(term, summary, user)

    def _plan_vacancy_reminder(self, today, count):
        body, user = self._for_follower()
        return body._plan_reminder(today, body.env._("Vacant seats to fill: %s", count), user)

    def _for_follower(self):
        """Return the body in the language of whoever follows it, and that user."""
        self.ensure_one()
        user = self.user_id or self.company_id._get_governance_user()
        return self.with_context(mail_activity_quick_update=True, lang=user.lang), user

    def _plan_reminder(self, day, summary, user):
        return self.activity_schedule("mail.mail_activity_data_todo", day, summary=summary, user_id=user.id)
