"""Reminders of terms and vacancies, at night."""

from datetime import date, timedelta

from freezegun import freeze_time
from odoo.tests import tagged

from ..common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestReminder(GovernanceCommon):
    def test_each_term_and_each_vacancy_once(self):
        body = self.make_body((3,), user_id=self.users["secretary"].id)
        self.seat(body.seat_ids[:2], self.make_people(2), first=date(2024, 1, 1), term_date=date(2026, 6, 30))
        run = self.env["governance.body"]._cron_remind
        with freeze_time("2026-03-29"):
            run()
        self.assertEqual(body.activity_ids.mapped("summary"), ["Vacant seats to fill: 1"])
        [mail] = self.mails()
        self.assertIn("Vacant seats to fill: 1", mail.body_html)
        self.assertIn(body.name, mail.body_html)
        with freeze_time("2026-03-30"):
            run()
            run()
        self.assertRecordValues(
            body.activity_ids.sorted("date_deadline"),
            [{"date_deadline": date(2026, 3, 29)}, {"date_deadline": date(2026, 6, 30)}],
        )
        self.assertIn("mandates to renew: 2", body.activity_ids.sorted("date_deadline")[1].summary)
        self.assertEqual(body.activity_ids.user_id, self.users["secretary"])
        with freeze_time("2026-07-01"):
            run()
            run()
        self.assertEqual(len(body.activity_ids), 3, "both seats are vacant now")
        self.assertEqual(len(self.mails()), 3, "one mail for each night that tells something")

    def mails(self):
        """Return the mails to the secretary, sent or to be sent."""
        return self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.users["secretary"].partner_id.ids)])

    def test_who_is_reminded_where_nobody_follows(self):
        self.assertEqual(self.company._get_governance_user(), self.users["secretary"])
        body = self.make_body((1,), user_id=False)
        self.env["governance.body"]._cron_remind()
        self.assertEqual(body.activity_ids.user_id, self.users["secretary"])
        self.assertLessEqual(body.activity_ids.date_deadline, self.today + timedelta(days=1))
