"""Requests that reach the network, by what they are about."""

from odoo.tests import tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestRequest(MembershipCommon):
    def test_a_request_takes_its_kind_from_the_team_unless_told(self):
        team = self.env["crm.team"].sudo().create({"name": "Requests", "request_kind": "accompaniment"})
        leads = (
            self.env["crm.lead"]
            .sudo()
            .create(
                [
                    {"name": "By the team", "team_id": team.id},
                    {"name": "Told", "team_id": team.id, "request_kind": "membership"},
                    {"name": "No team", "team_id": False},
                ]
            )
        )
        self.assertEqual(leads.mapped("request_kind"), ["accompaniment", "membership", "other"])
