"""Reminders to whoever follows the bodies: once for each term and each vacancy."""

import logging

from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.batch import isolate
from odoo.tools import format_date

_logger = logging.getLogger(__name__)


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    # ---- the nightly job ----

    @api.model
    def _cron_remind(self):
        """Plan the activities of the day; bring the declarations in line with what time has ended.

        A body that fails keeps none of the others from theirs: it is tried again the next night.
        """
        today = fields.Date.context_today(self)
        planned = []
        isolate(
            self.env,
            self.search([("company_id.active", "=", True)]),
            lambda bodies: planned.extend(bodies._remind(today).ids),
            lambda body, error: body._log_failure(error),
        )
        # What was planned by a part that failed in the end is not there any more.
        activities = self.env["mail.activity"].browse(planned).exists().grouped("user_id")
        isolate(
            self.env,
            list(activities),
            lambda users: [self._mail_reminders(user, activities[user]) for user in users],
            lambda user, error: self._log_failure(error),
        )

    def _log_failure(self, error):
        _logger.error("Reminders of %s failed", self or "somebody", exc_info=error)

    def _remind(self, today):
        """Plan what these bodies are to be reminded of, and follow their officers; return the new activities."""
        activities = self._remind_of_terms(today) | self._remind_of_vacancies(today)
        self.filtered("declared")._follow_officers()
        return activities

    def _remind_of_terms(self, today):
        """Plan one activity per body and term, with the number of mandates that end; return them."""
        activities = self.env["mail.activity"]
        for company, bodies in self.grouped("company_id").items():
            horizon = today + relativedelta(months=company.governance_reminder_months)
            mandates = self.env["governance.mandate"].search(
                [
                    ("body_id", "in", bodies.ids),
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

    def _remind_of_vacancies(self, today):
        """Plan one activity per body that has vacant seats not told yet; return them."""
        activities = self.env["mail.activity"]
        own = [("body_id", "in", self.ids)]
        vacant = self.env["governance.seat"].search([*own, ("is_vacant", "=", True)])
        for body, seats in vacant.filtered(lambda seat: not seat.vacancy_reminded_on).grouped("body_id").items():
            activities |= body._plan_vacancy_reminder(today, len(seats))
            seats.vacancy_reminded_on = today
        # A seat that was filled since, and falls vacant again, is told again.
        told = self.env["governance.seat"].search([*own, ("vacancy_reminded_on", "!=", False)])
        (told - vacant).vacancy_reminded_on = False
        return activities

    @api.model
    def _mail_reminders(self, user, activities):
        """Send a person one mail with all that they are newly reminded of, rather than one for each."""
        bodies = self.with_context(lang=user.lang)
        lines = [(bodies.browse(activity.res_id)._get_html_link(), activity.summary) for activity in activities]
        bodies.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=bodies.env._("Governance: terms and seats to look after (%s)", len(activities)),
            body=Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s – %s</li>") % line for line in lines),
            email_layout_xmlid="mail.mail_notification_light",
        )

    # ---- one reminder ----

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
        user = self.company_id._get_follower(self)
        return self.with_context(mail_activity_quick_update=True, lang=user.lang), user

    def _plan_reminder(self, day, summary, user):
        return self.activity_schedule("mail.mail_activity_data_todo", day, summary=summary, user_id=user.id)
