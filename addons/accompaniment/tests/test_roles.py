"""Who may read and change what."""

from functools import partial

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import AccompanimentCommon

#: Everything of a mission that has access rules of its own.
PARTS = ("phase", "track", "stake", "participant")


@tagged("post_install", "-at_install")
class TestRoles(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission()
        cls.mission.write({"stake_ids": [(0, 0, {"name": "Governance"})], "track_ids": [(0, 0, {"name": "North"})]})
        cls.parts = [
            cls.env[f"accompaniment.{name}"].search([("mission_id", "=", cls.mission.id)])[:1] for name in PARTS
        ]

    def assertRefused(self, *calls):
        for call in calls:
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()

    def test_every_model_has_rules(self):
        models = self.env["ir.model"].search([("model", "=like", "accompaniment.%"), ("transient", "=", False)])
        for model in models.filtered(lambda m: not self.env[m.model]._abstract):
            with self.subTest(model=model.model):
                self.assertTrue(model.access_ids)
                if "mission_id" in self.env[model.model]._fields:
                    rules = model.rule_ids
                    self.assertIn("('company_id', 'in', company_ids)", str(rules.mapped("domain_force")))
                    self.assertEqual(len(rules), 3, "company, own, all")

    def test_an_adviser_changes_their_own_and_reads_the_others(self):
        mission = self.mission.with_user(self.users["colleague"])
        self.assertEqual(mission.name, "Rethink the strategy")
        self.assertEqual(sum(mission.phase_ids.mapped("days_planned")), 12)
        self.assertRefused(
            lambda: mission.write({"name": "x"}),
            lambda: mission.write({"referent_id": self.users["colleague"].id}),
            mission.unlink,
            mission.action_start,
            lambda: self.make_mission(self.users["colleague"], referent_id=self.users["adviser"].id),
            lambda: self.enter_days(self.mission.phase_ids[0], 1, user=self.users["colleague"]),
        )
        for part in self.parts:
            part = part.with_user(self.users["colleague"])
            self.assertTrue(part.read(["display_name"]))
            self.assertRefused(partial(part.write, {"sequence": 3}), part.unlink)
        self.mission.adviser_ids = self.users["colleague"]
        mission.name = "Together"
        self.enter_days(self.mission.phase_ids[0], 1, user=self.users["colleague"])

    def test_the_coordinator_changes_all(self):
        mission = self.mission.with_user(self.users["coordinator"])
        mission.name = "Other"
        self.enter_days(mission.phase_ids[0], 1, user=self.users["coordinator"])
        for part in self.parts:
            part.with_user(self.users["coordinator"]).sequence = 4

    def test_a_director_reads_all_and_changes_nothing(self):
        user = self.users["director"]
        mission = self.mission.with_user(user)
        self.enter_days(self.mission.phase_ids[0], 1)
        self.assertEqual((mission.days_used, mission.price), (1, 9600))
        self.assertEqual(mission.day_ids.unit_amount, 1)
        lead = self.env["crm.lead"].create(
            {"name": "Request", "request_kind": "accompaniment", "company_id": self.company.id}
        )
        self.assertEqual(lead.with_user(user).name, "Request")
        self.assertRefused(
            lambda: mission.write({"name": "x"}),
            mission.unlink,
            mission.copy,
            mission.action_start,
            lambda: mission.day_ids.write({"unit_amount": 2}),
            lambda: mission.scheme_id.write({"day_rate": 2}),
            lambda: lead.with_user(user).write({"name": "x"}),
            lambda: lead.with_user(user).action_create_mission(),
        )
        for part in self.parts:
            part = part.with_user(user)
            self.assertTrue(part.read(["display_name"]))
            self.assertRefused(partial(part.write, {"sequence": 3}), part.unlink)

    def test_an_outsider_reads_nothing(self):
        user = self.users["outsider"]
        for record in [self.mission, self.scheme, *self.parts]:
            self.assertRefused(partial(record.with_user(user).read, ["display_name"]))

    def test_costs_are_the_coordinator_s(self):
        cost = (
            self.env["accompaniment.day.cost"]
            .with_user(self.users["coordinator"])
            .create({"partner_id": self.users["adviser"].partner_id.id, "amount": 300})
        )
        entry = self.enter_days(self.mission.phase_ids[0], 2)
        self.assertEqual(entry.with_user(self.users["coordinator"]).accompaniment_cost, 600)
        for role in ("adviser", "director"):
            user = self.users[role]
            self.assertNotIn("accompaniment_cost", entry.with_user(user).fields_get())
            self.assertEqual(entry.with_user(user).amount, 0)
            self.assertRefused(
                partial(entry.with_user(user).read, ["accompaniment_cost"]),
                partial(cost.with_user(user).read, ["amount"]),
                partial(entry.with_user(user).search, [("accompaniment_cost", ">", 0)]),
            )

    def test_another_association_s_missions_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other network"})
        self.env.user.company_ids |= other
        foreign = self.make_mission(self.env.user, company_id=other.id)
        for role in ("adviser", "coordinator", "director"):
            user = self.users[role]
            self.assertRefused(
                partial(foreign.with_user(user).read, ["name"]),
                partial(foreign.phase_ids.with_user(user).read, ["name"]),
            )

    def test_nobody_works_out_the_margin_from_the_accounts(self):
        account = self.mission.sudo().analytic_account_id
        line, rent = self.env["account.analytic.line"].create(
            [
                {"name": "Purchase of the mission", "account_id": account.id, "amount": -50},
                {"name": "Rent", "account_id": account.copy().id, "amount": -70},
            ]
        )
        self.enter_days(self.mission.phase_ids[0], 1)
        for role in ("adviser", "director"):
            user = self.users[role]
            self.assertRefused(lambda user=user: line.with_user(user).read(["amount"]))
            self.env.invalidate_all()
            self.assertEqual(account.with_user(user).balance, 0)
            lines = line.with_user(user).search([("account_id", "=", account.id)])
            self.assertEqual(lines, self.mission.sudo().day_ids)
        self.env.invalidate_all()
        self.assertEqual(line.with_user(self.users["coordinator"]).amount, -50)
        self.assertEqual(account.with_user(self.users["coordinator"]).balance, -50)
        items, director = self.env["account.move.line"], self.users["director"]
        self.assertNotIn("analytic_distribution", items.with_user(director).fields_get())
        for domain in (
            [("analytic_distribution", "in", account.ids)],
            [("distribution_analytic_account_ids", "in", account.ids)],
        ):
            self.assertRefused(partial(items.with_user(director).search, domain))
        # What is about no mission is read by who reads the accounts.
        self.assertEqual(rent.with_user(self.users["director"]).amount, -70)

    def test_days_carry_no_amount_and_are_plausible(self):
        entry = self.enter_days(self.mission.phase_ids[0], 1)
        for change in ({"amount": -50000}, {"unit_amount": -3}, {"unit_amount": 32}):
            for role in ("adviser", "coordinator"):
                with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    entry.with_user(self.users[role]).write(change)
                    self.env.flush_all()
                self.env.invalidate_all()
                with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.enter_days(
                        self.mission.phase_ids[0],
                        change.get("unit_amount", 1),
                        user=self.users[role],
                        amount=change.get("amount", 0),
                    )
                    self.env.flush_all()
                self.env.invalidate_all()
