"""Every public method of the accompaniment, called as a client of the API does, by every role."""

import inspect

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.models import BaseModel
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import AccompanimentCommon

MODULE = "odoo.addons.accompaniment."
#: What everybody of the accompaniment may call, directors included: it changes nothing.
READS = {
    ("accompaniment.mission", "get_thread"),
    ("accompaniment.mission", "get_timeline"),
    ("accompaniment.workshop", "action_sign_in_sheet"),
}
#: The same, of a screen that has no record.
SCREENS = {
    ("accompaniment.overview", "get_overview"),
    ("accompaniment.workload", "action_download"),
    ("accompaniment.workload", "get_workload"),
}
#: Opens a list or a form, which shows to each one what they may read.
OPENS = {
    ("accompaniment.action.plan", "action_view_commitments"),
    ("accompaniment.diagnostic", "action_view_survey"),
    ("accompaniment.effect", "action_open_mission"),
    ("accompaniment.mission", "action_view_commitments"),
    ("accompaniment.mission", "action_view_days"),
    ("accompaniment.mission", "action_view_invoices"),
    ("accompaniment.mission", "action_view_thread"),
    ("accompaniment.mission", "action_view_workshops"),
    ("accompaniment.phase", "action_enter_days"),
    ("accompaniment.scheme", "action_view_missions"),
}
#: Changes something: (model, method), refused to whoever may not change this mission.
CHANGES = {
    ("accompaniment.attendance", "action_absent"),
    ("accompaniment.attendance", "action_present"),
    ("accompaniment.diagnostic", "action_close"),
    ("accompaniment.diagnostic", "action_open"),
    ("accompaniment.diagnostic", "action_prepare_survey"),
    ("accompaniment.diagnostic", "action_propose_members"),
    ("accompaniment.diagnostic", "action_remind"),
    ("accompaniment.diagnostic", "action_reopen"),
    ("accompaniment.diagnostic", "action_send"),
    ("accompaniment.milestone", "action_invoice"),
    ("accompaniment.mission", "action_cancel"),
    ("accompaniment.mission", "action_close"),
    ("accompaniment.mission", "action_invoice"),
    ("accompaniment.mission", "action_propose_bodies"),
    ("accompaniment.mission", "action_propose_cofunders"),
    ("accompaniment.mission", "action_reopen"),
    ("accompaniment.mission", "action_start"),
    ("accompaniment.review", "action_done"),
    ("accompaniment.review", "action_propose"),
    ("accompaniment.review", "action_remind"),
    ("accompaniment.review", "action_reopen"),
    ("accompaniment.review", "action_take_over"),
    ("accompaniment.workshop", "action_cancel"),
    ("accompaniment.workshop", "action_convene"),
    ("accompaniment.workshop", "action_hold"),
    ("accompaniment.workshop", "action_plan"),
}


@tagged("post_install", "-at_install")
class TestRolesRpc(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission(
            stake_ids=[Command.create({"name": "Governance"})],
            action_plan_ids=[Command.create({"name": "Plan"})],
            effect_ids=[Command.create({"name": "Seats", "horizon": "short"})],
            milestone_ids=[Command.create({"name": "All", "percent": 100})],
            diagnostic_ids=[Command.create({"name": "Network", "recipient_ids": [Command.set(cls.region.ids)]})],
            review_ids=[Command.create({"months": 6})],
            workshop_ids=[
                Command.create(
                    {
                        "name": "Governance",
                        "start": "2017-04-27 08:00:00",
                        "attendance_ids": [Command.create({"partner_id": cls.region.id})],
                    }
                )
            ],
        )

    def rpc(self, role, model, method, *args):
        with self.env.cr.savepoint():
            return call_kw(self.env[model].with_user(self.users[role]), method, list(args), {})

    def get_id(self, model):
        if model == "accompaniment.mission":
            return self.mission.id
        if model == "accompaniment.scheme":
            return self.scheme.id
        return self.env[model].search([("mission_id", "=", self.mission.id)], limit=1).id

    def get_public_methods(self):
        """Return the (model, method) that the API offers, written in this addon."""
        inherited = {name for name, _method in inspect.getmembers(BaseModel, inspect.isfunction)}
        found = set()
        for model in self.env.registry:
            if not model.startswith("accompaniment.") or self.env[model]._transient:
                continue
            for klass in type(self.env[model]).mro():
                if klass.__module__.startswith(MODULE):
                    found |= {
                        (model, name)
                        for name, method in vars(klass).items()
                        if inspect.isfunction(method)
                        and not name.startswith("_")
                        and name not in inherited
                        and not getattr(method, "_api_private", False)
                    }
        return found

    def test_no_public_method_is_forgotten(self):
        self.assertEqual(self.get_public_methods(), READS | SCREENS | OPENS | CHANGES)

    def test_who_may_not_change_a_mission_is_refused(self):
        for model, method in sorted(CHANGES):
            record = self.get_id(model)
            self.assertTrue(record, model)
            for role in ("colleague", "director", "outsider"):
                with self.subTest(model=model, method=method, role=role), self.assertRaises(AccessError):
                    self.rpc(role, model, method, [record])

    def test_an_outsider_reads_nothing(self):
        calls = [(model, method, [self.get_id(model)]) for model, method in sorted(READS)]
        calls += [(model, method) for model, method in sorted(SCREENS)]
        for call in calls:
            with self.subTest(call=call), self.assertRaises(AccessError):
                self.rpc("outsider", *call)
            for role in ("colleague", "director", "coordinator"):
                self.assertTrue(self.rpc(role, *call))
        for model, method in sorted(OPENS):
            with self.subTest(model=model, method=method):
                try:
                    action = self.rpc("outsider", model, method, [self.get_id(model)])
                except AccessError:
                    continue
                self.assertNotIn(self.mission.name, str(action))

    def test_requests_and_wizards(self):
        lead = self.env["crm.lead"].create({"name": "R", "request_kind": "accompaniment", "partner_id": self.lianes.id})
        sent = lead.copy()
        sent._orient(self.region, "2017-03-01", "")
        planning = {"mission_id": self.mission.id, "first": "2017-05-01 08:00:00"}
        wizards = (
            ("accompaniment.orientation.wizard", {"lead_ids": lead.ids, "partner_id": self.region.id}),
            ("accompaniment.workshop.wizard", planning),
        )
        for role in ("director", "outsider"):
            for method in ("action_create_mission", "action_unarchive"):
                with self.subTest(method=method, role=role), self.assertRaises(AccessError):
                    self.rpc(role, "crm.lead", method, sent.ids)
        for model, values in wizards:
            for role in ("director", "outsider"):
                with self.subTest(model=model, role=role), self.assertRaises(AccessError):
                    self.rpc(role, model, "create", [values])
        sessions = self.rpc("colleague", "accompaniment.workshop.wizard", "create", [planning])
        with self.assertRaises(AccessError):
            self.rpc("colleague", "accompaniment.workshop.wizard", "action_plan", sessions)
        table = self.rpc("director", "accompaniment.funder.wizard", "create", [{"year": 2017}])
        self.assertIn("url", self.rpc("director", "accompaniment.funder.wizard", "action_download", table))
        with self.assertRaises(AccessError):
            self.rpc("outsider", "accompaniment.funder.wizard", "create", [{"year": 2017}])

    def test_margins_and_costs_leak_by_no_way(self):
        mission, line = "accompaniment.mission", "account.analytic.line"
        self.enter_days(self.mission.phase_ids[0], 2).sudo().accompaniment_cost = 700
        for role in ("adviser", "director", "outsider"):
            self.users[role].group_ids |= self.env.ref("base.group_allow_export")
        ids = self.mission.ids
        ways = (
            (mission, "read", [ids, ["margin"]]),
            (mission, "web_read", [ids, {"cost": {}}]),
            (mission, "export_data", [ids, ["name", "margin"]]),
            (mission, "export_data", [ids, ["day_ids/accompaniment_cost"]]),
            (mission, "search", [[("day_ids.accompaniment_cost", ">", 0)]]),
            (mission, "search", [[("day_ids", "any", [("accompaniment_cost", ">", 0)])]]),
            (mission, "search", [[("margin", "<", 9000)]]),
            (mission, "formatted_read_group", [[], ["state"], ["margin:sum"]]),
            (line, "search", [[], 0, None, "accompaniment_cost desc"]),
            (line, "formatted_read_group", [[], ["accompaniment_mission_id"], ["accompaniment_cost:sum"]]),
            (line, "formatted_read_group", [[], ["accompaniment_cost"], ["__count"]]),
            ("accompaniment.day.cost", "search_read", [[], ["amount"]]),
        )
        for model, method, args in ways:
            for role in ("adviser", "director", "outsider"):
                with self.subTest(method=method, args=args, role=role), self.assertRaises(AccessError):
                    self.rpc(role, model, method, *args)
        days = self.rpc("director", line, "search_read", [("accompaniment_mission_id", "=", self.mission.id)])
        self.assertEqual([row["amount"] for row in days], [0])
        self.assertNotIn("accompaniment_cost", days[0])
        self.assertEqual(
            self.rpc("coordinator", mission, "read", self.mission.ids, ["margin"])[0]["margin"], 9600 - 700
        )

    def test_another_association_s_mission_is_refused_to_all(self):
        other = self.env["res.company"].create({"name": "Other network"})
        self.mission.sudo().flush_recordset()
        self.env.user.company_ids |= other
        foreign = self.make_mission(self.env.user, company_id=other.id)
        for role in ("adviser", "coordinator", "director"):
            self.assertFalse(self.rpc(role, "accompaniment.mission", "search", [("id", "=", foreign.id)]))
            for method in ("get_thread", "action_start", "action_cancel"):
                with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                    self.rpc(role, "accompaniment.mission", method, foreign.ids)
