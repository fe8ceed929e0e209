"""A mission on two continents: parallel tracks, common times, plans."""

from odoo.fields import Command
from odoo.tests import Form, tagged

from ..calculation.thread.timeline import ROW
from .common import AccompanimentCommon

STAKES = {
    "Rethink the network's governance": "Shared findings and priorities\nFour functions\nNew drawings of the governance",
    "A shared vision of the network's project": "Views exchanged\nThe ideal network drawn\nShared definitions\nText",
    "Priority actions designed together": "Federating action\nCommunication\nPerimeter",
}
PLANS = ("A federating action for the network", "Communication inside the network", "Perimeter of the network")


@tagged("post_install", "-at_install")
class TestEssonneMali(AccompanimentCommon):
    """Seed 003: a future workshop in France and in Mali at the same time, with common times."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        abroad = cls.env["association.territory"].search([("code", "=", "99")], limit=1)
        essonne = cls.env["association.territory"].search([("code", "=", "91")], limit=1)
        cls.mali = cls.env["association.territory"].create(
            {"name": "Mali", "code": "ML", "kind": "abroad", "parent_id": abroad.id}
        )
        cls.mission = cls.make_mission(
            name="Rethink the EDDN network together",
            kind="collective",
            track_ids=[
                Command.create({"name": "Essonne", "territory_id": essonne.id}),
                Command.create({"name": "Diéma, Douentza, Nioro", "territory_id": cls.mali.id}),
            ],
            stake_ids=[Command.create({"name": name, "results": results}) for name, results in STAKES.items()],
            action_plan_ids=[Command.create({"name": name}) for name in PLANS],
            definition_ids=[Command.create({"name": "Partnership", "definition": "Deciding and doing together"})],
            vision="<p>The network that we want: preamble of its charter.</p>",
        )

    def test_three_phases_side_by_side_with_common_times(self):
        wizard = Form(
            self.env["accompaniment.workshop.wizard"]
            .with_user(self.users["adviser"])
            .with_context(default_mission_id=self.mission.id)
        )
        wizard.template_id = self.env.ref("accompaniment.workshop_template_future")
        wizard.first = "2017-01-10 09:00:00"
        wizard.save().action_plan()
        workshops = self.mission.workshop_ids
        self.assertEqual(set(workshops.mapped("step")), {"Critique", "Prospective", "Realistic"})
        for step, sessions in workshops.grouped("step").items():
            apart = sessions.filtered("track_id")
            self.assertEqual(apart.track_id, self.mission.track_ids, step)
            self.assertEqual(len(set(apart.mapped("start"))), 1, "side by side")
        self.assertEqual(len(workshops.filtered(lambda workshop: not workshop.track_id)), 2)
        months = self.mission.get_timeline()
        self.assertEqual([row["label"] for row in months["rows"]], self.mission.track_ids.mapped("name"))
        common = [mark for mark in months["marks"] if mark["height"] > ROW]
        self.assertEqual([months["steps"][mark["step"]] for mark in common], ["Prospective", "Realistic"])
        self.assertIn("Common time", common[0]["title"])
        sides = [mark["x"] for mark in months["marks"] if mark not in common]
        self.assertEqual(sides[::2], sides[1::2], "side by side")
        workshops.action_cancel()
        self.assertEqual(self.mission.get_timeline(), {}, "nothing is dated any more")

    def test_each_stake_has_its_results_and_each_plan_its_actions(self):
        self.assertEqual(len(self.mission.stake_ids.filtered("results")), 3)
        self.env["association.commitment"].with_user(self.users["adviser"]).create(
            [
                {"name": f"First step of {plan.name}", "action_plan_id": plan.id, "owner_id": self.lianes.id}
                for plan in self.mission.action_plan_ids
            ]
        )
        self.assertEqual(self.mission.action_plan_ids.mapped("commitment_count"), [1, 1, 1])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html("accompaniment.report_mission", self.mission.ids)
        for text in (*PLANS, "preamble of its charter", "Deciding and doing together", "New drawings"):
            self.assertIn(text, html.decode())
