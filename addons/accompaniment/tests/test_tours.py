from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.tests import HttpCase, tagged

from .common import ADDON, AccompanimentCommon

MISSIONS = f"/odoo/action-{ADDON}.action_accompaniment_mission"


@tagged("post_install", "-at_install")
class TestTours(AccompanimentCommon, AccountTestInvoicingCommon, HttpCase):
    """The Lianes mission (seed 000) entered through the screens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fund = cls.lianes.create({"name": "Fonds DASESS", "is_company": True})

    def test_lianes(self):
        self.start_tour(MISSIONS, "accompaniment.lianes", login=self.users["adviser"].login, timeout=300)
        mission = self.env["accompaniment.mission"].search([("partner_id", "=", self.lianes.id)])
        self.assertRecordValues(mission, [{"days_planned": 12, "days_used": 12, "days_left": 0, "price": 9600}])
        self.assertRecordValues(
            mission.cofunding_ids,
            [
                {"partner_id": self.fund.id, "amount": 6720},
                {"partner_id": self.region.id, "amount": 1920},
                {"partner_id": self.lianes.id, "amount": 960},
            ],
        )
