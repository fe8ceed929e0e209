"""Objectives of a funding strategy: read in the plans, followed at the reviews, with their actions."""

from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..funding.common import FundingCommon


@tagged("post_install", "-at_install")
class TestObjective(FundingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objective = cls.env["funding.objective"].create(
            {
                "name": "No funder above a fifth",
                "partner_id": cls.lianes.id,
                "mission_id": cls.mission.id,
                "measure": "first_share",
                "start": 0.4,
                "target": 0.2,
            }
        )

    def test_it_is_read_in_the_latest_voted_plan(self):
        objective = self.objective
        self.assertIs(objective.value, False, "a draft says nothing yet")
        self.assertIs(objective.progress, False)
        self.plan.action_propose()
        self.plan.action_vote()
        objective.invalidate_recordset()
        self.assertAlmostEqual(objective.value, 52164 / 195000, 3)
        self.assertEqual(objective.value_words, "27\N{NO-BREAK SPACE}%", "with its unit")
        objective.measure = "months_covered"
        self.assertRegex(objective.value_words, r"^\d+,\d months$")
        objective.measure = "secured"
        self.assertRegex(objective.value_words, r"144.000,00")
        objective.measure = "first_share"
        self.assertAlmostEqual(objective.progress, (0.4 - 52164 / 195000) / 0.2, 2)

    def test_the_follow_up_keeps_one_value_a_day(self):
        self.plan.action_propose()
        self.plan.action_vote()
        with freeze_time("2018-06-30"):
            self.objective.action_note()
            self.objective.action_note()
        self.assertEqual(len(self.objective.point_ids), 1)
        self.assertAlmostEqual(self.objective.point_ids.value, 0.268, 3)

    def test_in_its_own_words_the_value_is_noted_by_hand(self):
        words = self.env["funding.objective"].create(
            {
                "name": "Sponsors",
                "partner_id": self.lianes.id,
                "measure": "own_words",
                "measure_name": "Companies that sponsor",
                "start": 0,
                "target": 4,
            }
        )
        self.assertIs(words.value, False)
        words.point_ids = [
            Command.create({"date": "2018-01-01", "value": 1}),
            Command.create({"date": "2018-06-01", "value": 3}),
        ]
        self.assertEqual((words.value, words.progress), (3, 0.75))

    def test_actions_are_commitments_of_the_mission(self):
        self.objective.commitment_ids = [Command.create({"name": "Write to companies", "mission_id": self.mission.id})]
        self.assertIn(self.objective.commitment_ids, self.mission.commitment_ids)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_changes_it(self):
        self.objective.with_user(self.users["adviser"]).needs = "Time"
        self.objective.with_user(self.users["coordinator"]).needs = "More time"
        for role in ("colleague", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.objective.with_user(self.users[role]).write({"needs": "X"})
        self.assertEqual(self.objective.with_user(self.users["director"]).needs, "More time")
