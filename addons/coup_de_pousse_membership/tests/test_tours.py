from odoo.tests import HttpCase, tagged

from .common import MembershipCommon


@tagged("post_install", "-at_install")
class TestTours(MembershipCommon, HttpCase):
    def test_treasurer_from_login_to_a_paid_membership(self):
        member = self.make_members(1, budget=75000, name="Tour association")
        self.start_tour("/web/login", "membership_treasurer", login=None, timeout=120)
        membership = member.membership_ids
        self.assertRecordValues(
            membership,
            [{"amount": 120, "payment_state": "paid", "state": "active", "amount_due": 0}],
        )
        self.assertEqual(member.state, "member")
        self.assertEqual(membership.admission_body, "Board of the day")
        self.assertEqual(membership.line_ids.move_id.journal_id.code, "COT")
