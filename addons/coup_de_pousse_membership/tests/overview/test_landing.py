"""Who logs in lands on the first screen of their app."""

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import ADDON


@tagged("post_install", "-at_install")
class TestLanding(HttpCase):
    def land(self, *groups, **values):
        """Log in as somebody with these groups; return the action that the screen opens."""
        user = new_test_user(self.env, "lands", groups=",".join(["base.group_user", *groups]), **values)
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info")["home_action_id"]

    def test_each_role_lands_on_its_app(self):
        screen = self.env.ref(f"{ADDON}.action_association_overview").id
        self.assertEqual(self.land(f"{ADDON}.group_membership_treasurer"), screen)

    def test_a_director_lands_on_what_they_read(self):
        screen = self.env.ref(f"{ADDON}.action_association_overview").id
        self.assertEqual(self.land(f"{ADDON}.group_membership_director"), screen)

    def test_who_has_no_role_lands_as_before(self):
        self.assertFalse(self.land())

    def test_a_screen_of_ones_own_is_kept(self):
        own = self.env.ref("base.action_partner_form")
        self.assertEqual(self.land(f"{ADDON}.group_membership_office", action_id=own.id), own.id)
