"""A mission whose beneficiary is dissolved, or whose referent is no longer there, says so."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestGone(AccompanimentCommon):
    def cards(self, role="coordinator"):
        overview = self.env["accompaniment.overview"].with_user(self.users[role]).get_overview()
        return {card["name"]: card for card in overview["cards"]}

    def test_a_dissolved_beneficiary_is_told_and_asked_nothing(self):
        mission = self.make_mission()
        self.lianes.email = "lianes@example.org"
        mission.action_start()
        mission.action_close()
        other = self.make_mission(name="Goes on")
        other.action_start()
        self.assertFalse(other.gone)
        self.env["association.member"].create(
            {
                "partner_id": self.lianes.id,
                "departure_ids": [(0, 0, {"left_on": "2020-01-01", "reason": "dissolved"})],
            }
        )
        other.invalidate_recordset(["gone"])
        self.assertRegex(other.with_user(self.users["adviser"]).gone, "was dissolved on")
        self.assertIn("gone", self.cards())
        mails = self.env["mail.mail"].search_count([])
        mission.review_ids._propose()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_referent_is_archived_not_deleted(self):
        referent = new_test_user(self.env, "leaves", "accompaniment.group_accompaniment_adviser")
        mission = self.make_mission(user=self.users["coordinator"], referent_id=referent.id)
        with self.assertRaisesRegex(UserError, "stays on record of Rethink the strategy. Archive the account"):
            referent.unlink()
        self.assertNotIn("leaderless", self.cards())
        referent.active = False
        card = self.cards()["leaderless"]
        self.assertIn(mission, self.env["accompaniment.mission"].search(card["domain"]))
