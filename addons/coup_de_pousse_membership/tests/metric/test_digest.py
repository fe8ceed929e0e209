"""The digest: five figures for directors, for nobody else."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ADDON
from .common import MetricCommon


@tagged("post_install", "-at_install")
class TestDigest(MetricCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref(f"{ADDON}.digest_network")
        cls.digest.company_id = cls.company
        cls.env.flush_all()

    def read_figures(self, user, first, last):
        digest = self.digest.with_user(user).with_context(
            start_datetime=fields.Datetime.to_datetime(first - timedelta(days=1)),
            end_datetime=fields.Datetime.to_datetime(last),
        )
        return [digest[f"kpi_association_{name}_value"] for name in ("members", "joined", "left", "renewals", "fees")]

    def test_figures_of_a_period(self):
        first = self.today.replace(month=1, day=1)
        director = self.users["director"]
        self.assertEqual(self.read_figures(director, first, self.today), [4, 4, 0, 0, 150])
        self.env.invalidate_all()
        before = first - timedelta(days=30)
        self.assertEqual(self.read_figures(director, before, first - timedelta(days=1)), [0, 0, 0, 0, 0])

    def test_only_directors(self):
        with self.assertRaises(AccessError):
            self.read_figures(self.users["office"], self.today, self.today)

    def test_a_new_director_has_it(self):
        office, group = self.users["office"], self.env.ref(f"{ADDON}.group_membership_director")
        self.assertNotIn(office, self.digest.user_ids)
        office.group_ids += group
        self.assertIn(office, self.digest.user_ids)
        self.digest.user_ids -= office
        office.group_ids += self.env.ref(f"{ADDON}.group_membership_treasurer")
        self.assertNotIn(office, self.digest.user_ids, "who has unsubscribed is not subscribed again")

    def test_it_is_sent(self):
        director = self.users["director"]
        director.email = "director@example.org"
        self.digest.user_ids = director
        self.digest.action_send_manual()
        mail = self.env["mail.mail"].search([("email_to", "ilike", "director@example.org")], limit=1, order="id desc")
        for name in ("members", "joined", "left", "renewals", "fees"):
            self.assertTrue(f"kpi_association_{name}" in mail.body_html, name)
        self.assertEqual(self.digest.periodicity, "monthly")
