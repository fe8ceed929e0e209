"""A mission entered, invoiced and refused in the browser."""

from datetime import date

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ADDON, AccompanimentCommon

MISSIONS = f"/odoo/action-{ADDON}.action_accompaniment_mission"


@tagged("post_install", "-at_install")
class TestTours(AccompanimentCommon, AccountTestInvoicingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fund = cls.lianes.create({"name": "Fonds DASESS", "is_company": True})
        cls.parts = [(cls.fund, 6720), (cls.region, 1920), (cls.lianes, 960)]

    def run_tour(self, name, role, mission=None):
        url = f"{MISSIONS}/{mission.id}" if mission else MISSIONS
        self.start_tour(url, f"{ADDON}.{name}", login=self.users[role].login, timeout=300)
        self.env.invalidate_all()

    def test_lianes(self):
        """The mission of seed 000, entered by its adviser, invoiced by the coordinator."""
        self.run_tour("lianes", "adviser")
        mission = self.env["accompaniment.mission"].search([("partner_id", "=", self.lianes.id)])
        self.assertMission(mission)
        with mute_logger("odoo.http"):
            self.run_tour("lianes_invoices", "coordinator", mission)
        self.assertInvoiced(mission)
        self.run_tour("lianes_broken_thread", "adviser", mission)
        self.assertEqual(
            {orphan["name"]: orphan["count"] for orphan in mission.get_thread()["orphans"]},
            {"no_action": 1, "no_finding": 1},
        )

    def assertMission(self, mission):
        self.assertRecordValues(
            mission,
            [
                {
                    "scheme_id": self.env.ref(f"{ADDON}.scheme_dasess").id,
                    "date_from": date(2017, 4, 3),
                    "date_to": date(2017, 6, 30),
                    "days_planned": 12,
                    "days_used": 12,
                    "price": 9600,
                    "state": "closed",
                }
            ],
        )
        self.assertEqual(mission.phase_ids.mapped("days_planned"), [3, 5, 2, 1.5, 0.5])
        self.assertEqual(mission.phase_ids.mapped("days_left"), [0] * 5)
        self.assertRecordValues(
            mission.cofunding_ids, [{"partner_id": partner.id, "amount": amount} for partner, amount in self.parts]
        )
        self.assertRecordValues(
            mission.diagnostic_ids, [{"invited": 150, "respondents": 60, "response_rate": 0.4, "state": "closed"}]
        )
        self.assertEqual((len(mission.domain_before_ids), len(mission.domain_after_ids)), (4, 3))
        self.assertEqual(mission.domain_after_ids.origin_ids, mission.domain_before_ids)
        self.assertEqual(mission.effect_ids.mapped("horizon"), ["short", "medium", "medium", "medium"])
        self.assertEqual(set(mission.effect_ids.mapped("observed")), {"seen"})
        reviews = mission.review_ids.filtered("months")  # the question of the closing stands beside them
        self.assertEqual(reviews.mapped("state"), ["planned", "done", "planned"])
        self.assertEqual(reviews[1].due_on, date(2018, 6, 30))
        thread = mission.get_thread()
        self.assertEqual((len(thread["boxes"]), thread["orphans"]), (16, []))

    def assertInvoiced(self, mission):
        moves = mission.cofunding_ids.line_ids.move_id
        self.assertEqual(
            {move.partner_id: move.amount_untaxed for move in moves}, dict(self.parts), "one invoice for each"
        )
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        self.assertEqual(sum(moves.mapped("amount_untaxed")), 9600)
        for move in moves:
            self.assertEqual(sum(move.line_ids.mapped("debit")), sum(move.line_ids.mapped("credit")))

    def test_refusals(self):
        mission = self.make_mission(
            cofunding_ids=[Command.create({"partner_id": p.id, "amount": amount}) for p, amount in self.parts]
        )
        self.env["accompaniment.diagnostic"].create(
            {"mission_id": mission.id, "source": "typed", "invited_typed": 150}
        ).action_open()
        with mute_logger("odoo.http", "odoo.sql_db"):
            self.run_tour("refusals", "adviser", mission)
        self.assertEqual(mission.phase_ids.mapped("date_to"), [False] * 5)
        self.assertEqual(mission.cofunding_ids.mapped("amount"), [6720, 1920, 960])
        self.assertEqual(mission.diagnostic_ids.state, "open")
