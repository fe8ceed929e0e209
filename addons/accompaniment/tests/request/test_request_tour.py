"""From a request to its mission, in the browser."""

from datetime import timedelta

from odoo import Command
from odoo.tests import HttpCase, tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestRequestTour(AccompanimentCommon, HttpCase):
    def test_from_a_request_to_its_mission(self):
        territory = self.env.ref("coup_de_pousse_membership.territory_department_59")
        organisation, elsewhere = self.env["res.partner"].create(
            [
                {"name": "Tour organisation", "is_company": True, "territory_id": territory.id},
                {"name": "Tour elsewhere", "is_company": True},
            ]
        )
        scheme = self.scheme.create(
            {"name": "Tour scheme", "phase_ids": [Command.create({"name": "Tour phase", "days": 2})]}
        )
        late = self.env["crm.lead"].create(
            {
                "name": "Tour late",
                "type": "opportunity",
                "team_id": self.env.ref("accompaniment.crm_team_accompaniment").id,
                "answer_due_on": self.today - timedelta(days=2),
            }
        )
        self.start_tour(
            "/odoo/action-accompaniment.action_accompaniment_request",
            "accompaniment_request",
            login="test_accompaniment_adviser",
            timeout=120,
        )
        self.assertRecordValues(
            self.env["accompaniment.mission"].search([("partner_id", "=", organisation.id)]),
            [
                {
                    "name": "Tour need",
                    "scheme_id": scheme.id,
                    "territory_id": territory.id,
                    "referent_id": self.users["adviser"].id,
                    "days_planned": 2,
                }
            ],
        )
        self.assertRecordValues(late, [{"active": False, "oriented_to_id": elsewhere.id, "answered_on": self.today}])
