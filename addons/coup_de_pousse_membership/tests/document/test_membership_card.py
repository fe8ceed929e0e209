"""The page behind the square code of a card: valid or not, and no word about who holds it."""

from odoo.tests import HttpCase, tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestMembershipCard(MembershipCommon, HttpCase):
    def test_it_says_until_when_and_nothing_else(self):
        grid = self.make_grid([(None, None, 60)], date_to=f"{self.year}-12-31")
        member = self.make_members(1, budget=1, name="Secret")
        membership = self.make_memberships(member, grid)
        member._give_card_tokens()
        self.env.flush_all()
        page = self.url_open(f"/membership/card/{member.sudo().card_token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(str(self.year), page.text)
        self.assertIn("fa-check-circle", page.text)
        for secret in ("Secret", str(member.number), member.partner_id.email or "@organisation"):
            self.assertNotIn(secret, page.text)
        membership._write_facts({"ended_on": membership.date_from, "withdrawn_on": membership.date_from})
        member._refresh_states()
        self.env.flush_all()
        page = self.url_open(f"/membership/card/{member.sudo().card_token}")
        self.assertIn("fa-times-circle", page.text)

    def test_a_code_that_nobody_has_is_not_valid(self):
        self.make_members(1)
        for token in ("unknown", "x" * 40, "False", "%20"):
            page = self.url_open(f"/membership/card/{token}")
            self.assertIn("fa-times-circle", page.text)
            self.assertNotIn("fa-check-circle", page.text)
