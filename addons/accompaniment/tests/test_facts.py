"""Facts of the accompaniment that only methods state, and records that stay within their writer's reach."""

from odoo.addons.coup_de_pousse_membership.tests.facts_common import FactsCase
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AccompanimentCommon
from .facts import FACTS, TYPED


@tagged("post_install", "-at_install")
class TestAccompanimentFacts(AccompanimentCommon, FactsCase):
    ADDON = "accompaniment"
    FACTS = FACTS
    TYPED = TYPED

    def test_every_fact_is_in_the_table(self):
        self.check_table()

    def test_what_looks_like_a_fact_is_one_or_is_typed(self):
        self.check_nothing_suspicious()

    def test_nobody_writes_a_fact_from_outside(self):
        with mute_logger("odoo.addons.base.models.ir_model"):
            self.check_refused(self.users.values())

    def test_the_adviser_does_not_answer_for_the_beneficiary(self):
        mission = self.make_mission(effect_ids=[Command.create({"name": "Seats", "horizon": "short"})])
        review = mission.env["accompaniment.review"].create({"mission_id": mission.id, "months": 6})
        review.action_propose()
        self.assertEqual(review.state, "proposed")
        answer = review.answer_ids
        for vals in ({"told_answer": "seen"}, {"told_evidence": "x"}, {"told_on": "2026-01-01"}):
            self.assert_fact(lambda vals=vals: answer.write(vals))
        for vals in (
            {"answered_on": "2026-01-01"},
            {"satisfaction": "4"},
            {"state": "done"},
            {"done_on": "2026-01-01"},
        ):
            self.assert_fact(lambda vals=vals: review.write(vals))

    def test_days_used_follow_from_days_worked(self):
        mission = self.make_mission()
        self.assert_fact(lambda: mission.phase_ids[0].write({"days_used": 3}))
        self.assert_fact(lambda: mission.write({"days_used": 3}))
        self.assert_fact(
            lambda: mission.write({"phase_ids": [Command.update(mission.phase_ids[0].id, {"days_used": 3})]})
        )
        self.enter_days(mission.phase_ids[0], 2)
        self.assertEqual(mission.phase_ids[0].days_used, 2)

    def test_a_step_is_taken_by_its_button(self):
        mission = self.make_mission()
        self.assert_fact(lambda: mission.write({"state": "closed"}))
        self.assert_fact(lambda: mission.create({"name": "x", "partner_id": self.lianes.id, "state": "closed"}))
        mission.action_start()
        self.assertEqual(mission.state, "running")

    def test_nothing_is_moved_into_the_mission_of_another_adviser(self):
        own, other = self.make_mission(), self.make_mission(self.users["colleague"])
        workshop = own.env["accompaniment.workshop"].create(
            {"mission_id": own.id, "name": "Critique", "start": "2017-05-01 08:00:00"}
        )
        stake = own.env["accompaniment.stake"].create({"mission_id": own.id, "name": "Governance"})
        effect = own.env["accompaniment.effect"].create({"mission_id": own.id, "name": "Seats", "horizon": "short"})
        commitment = own.env["association.commitment"].create({"mission_id": own.id, "name": "Promise"})
        day = self.enter_days(own.phase_ids[0], 1)
        for record, name in (
            (own.phase_ids[1], "mission_id"),
            (workshop, "mission_id"),
            (stake, "mission_id"),
            (effect, "mission_id"),
            (commitment, "mission_id"),
        ):
            with self.subTest(record=record._name):
                with (
                    mute_logger("odoo.addons.base.models.ir_rule"),
                    self.assertRaises(AccessError),
                    self.env.cr.savepoint(),
                ):
                    record.write({name: other.id})
                record.invalidate_recordset()
                self.assertEqual(record[name], own)
        with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError), self.env.cr.savepoint():
            day.write({"accompaniment_mission_id": other.id, "accompaniment_phase_id": other.sudo().phase_ids[0].id})

    def test_what_a_window_holds_is_its_users(self):
        wizard = self.env["accompaniment.workshop.wizard"].with_user(self.users["adviser"])
        self.assertIn("create_uid", str(self.env["ir.rule"].with_env(wizard.env)._compute_domain(wizard._name, "read")))

    def test_the_file_of_the_office_is_not_read_by_an_adviser(self):
        files = self.env["association.spreadsheet"]
        files.with_user(self.users["coordinator"])._download_file("members.xlsx", b"secret")
        file = files.search([("name", "=", "members.xlsx")])
        theirs = file.with_user(self.users["adviser"])
        for call in (lambda: theirs.read(["content"]), lambda: theirs.write({"name": "x"})):
            with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError):
                call()
