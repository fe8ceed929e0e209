"""Figures: against numbers worked out by hand, what is behind them, and what of them each role may read."""

import json
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError
from werkzeug.exceptions import Forbidden

from ..common import ADDON, MembershipCommon

#: Days of this year.
YEAR = {"date_from": None, "date_to": None}


@tagged("post_install", "-at_install")
class TestMetric(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        grid = cls.make_grid([(None, 100000, 50), (100000, None, 200)])
        cls.paid = cls.make_members(3, budget=1000, name="Paid")
        cls.late = cls.make_members(2, budget=150000, name="Late")
        day = cls.today - timedelta(days=40)
        cls.pay(cls.make_memberships(cls.paid, grid)._issue_calls(day, day + timedelta(days=10)))
        cls.make_memberships(cls.late, grid)._issue_calls(day, day + timedelta(days=10))
        cls.north = cls.env["association.territory"].create({"name": "North", "kind": "region"})
        cls.town = cls.env["association.territory"].create(
            {"name": "Town", "kind": "commune", "parent_id": cls.north.id}
        )
        cls.late.partner_id.territory_id = cls.town
        cls.env.flush_all()
        cls.metrics = cls.env["association.metric"].search(
            [("dashboard_id", "=", cls.env.ref(f"{ADDON}.dashboard_membership").id)]
        )

    def values(self, **filters):
        days = {"date_from": date(self.year, 1, 1), "date_to": date(self.year, 12, 31)}
        return self.metrics._get_values(also=[("company_id", "=", self.company.id)], **{**days, **filters})

    def test_figures_worked_out_by_hand(self):
        values = self.values()
        expected = {
            "members": 5,
            "members_unpaid": 2,
            "joined": 5,
            "returned": 0,
            "renewed": 0,
            "left": 0,
            "renewal_rate": None,
            "fees_collected": 150,
            "fees_open": 400,
            "fees_lost": 0,
            "fees_called": 550,
            "fees_to_call": 0,
            "memberships_called": 5,
            "fee_average": 110,
            "calls_overdue": 400,
            "members_running": 5,
        }
        self.assertEqual({code: values[code] for code in expected}, expected)
        self.assertAlmostEqual(values["collection_rate"], 150 / 550)

    def test_sizes(self):
        self.assertEqual(self.paid.mapped("size"), ["0"] * 3)
        self.assertEqual(self.late.mapped("size"), ["2"] * 2, "a bound belongs to the band that it opens")
        years = self.paid[0].figures_ids
        years.copy({"year": years.year - 1, "budget": 2_000_000})
        self.assertEqual(self.paid[0].size, "0", "the last year counts")
        years.unlink()
        self.assertEqual(self.paid[0].size, "4")
        self.paid[0].figures_ids.unlink()
        self.assertFalse(self.paid[0].size, "what is unknown is no size")

    def test_filters(self):
        north = self.values(territory=self.north)
        self.assertEqual((north["members"], north["fees_called"], north["calls_overdue"]), (2, 400, 400))
        other = self.values(category=self.authority)
        self.assertEqual((other["members"], other["fees_called"], other["joined"]), (0, 0, 0))
        last_year = self.values(date_from=date(self.year - 1, 1, 1), date_to=date(self.year - 1, 12, 31))
        self.assertEqual((last_year["joined"], last_year["fees_called"], last_year["members"]), (0, 0, 5))

    def test_each_figure_is_the_records_behind_it(self):
        values = self.values()
        days = {"date_from": date(self.year, 1, 1), "date_to": date(self.year, 12, 31)}
        for metric in self.metrics.filtered("model"):
            records = self.env[metric.model].search([("company_id", "=", self.company.id), *metric._get_domain(**days)])
            name = metric.measure.partition(":")[0]
            found = len(records) if name == "__count" else sum(records.mapped(name))
            self.assertAlmostEqual(found, values[metric.code], 2, metric.code)

    def test_the_first_screen_says_the_same(self):
        overview = self.env["association.overview"].with_user(self.users["treasurer"]).get_overview()
        values = self.values()
        fees = overview["fees"]
        self.assertEqual(
            [fees[name] for name in ("called", "collected", "open", "to_call")],
            [values[f"fees_{name}"] for name in ("called", "collected", "open", "to_call")],
        )
        [overdue] = [card for card in overview["cards"] if card["name"] == "overdue"]
        self.assertEqual((overdue["count"], overdue["amount"]), (2, values["calls_overdue"]))
        states = {state["name"]: state["count"] for state in overview["states"]}
        self.assertEqual(states["member"] + states["unpaid"], values["members"])

    def test_queries_do_not_grow_with_the_members(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.values()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        self.make_memberships(
            self.make_members(20, budget=1000, name="More"), self.env["association.fee.grid"].search([], limit=1)
        )
        self.env.flush_all()
        count()  # makes the movements of the new ones
        self.assertEqual(count(), few)
        self.assertLess(few, 40)

    def test_every_line_of_the_table_is_about_fields_that_exist(self):
        for metric in self.env["association.metric"].search([]):
            for path in filter(None, (metric.date_field, metric.territory_field, metric.category_field)):
                self.assertTrue(metric.dashboard_id._get_type(metric.model, path), metric.code)
            if metric.menu:
                self.assertEqual(self.env.ref(metric.menu)._name, "ir.ui.menu", metric.code)
            if metric.action:
                self.assertEqual(self.env.ref(metric.action)._name, "ir.actions.act_window", metric.code)
            self.assertTrue(metric.chart or metric.meaning, metric.code)
            metric._get_values()

    # ---- what is refused ----

    def test_a_figure_that_cannot_be_read_is_refused(self):
        metric = self.metrics[:1]
        for values in (
            {"domain": "[('state', '=', unknown)]"},
            {"domain": "no domain"},
            {"model": False, "formula": "a * b"},
            {"model": False, "formula": "members / members"},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                metric.write(values)
        for values in ({"model": False}, {"formula": "joined"}, {"chart": "bar"}):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                metric.write(values)
                self.env.flush_all()

    def test_formulas_that_read_each_other_have_no_value(self):
        dashboard = self.metrics.dashboard_id.id
        first, second = self.env["association.metric"].create(
            [
                {"code": "one", "name": "One", "formula": "two + members", "dashboard_id": dashboard},
                {"code": "two", "name": "Two", "formula": "one + members", "dashboard_id": dashboard},
            ]
        )
        self.assertIsNone((first | second)._get_values()["one"])
        self.assertFalse((first | second)._get_available())

    # ---- roles ----

    def test_roles(self):
        dashboards = self.env["spreadsheet.dashboard"]
        ours = [self.env.ref(f"{ADDON}.dashboard_{name}").id for name in ("network", "membership")]
        for role, seen in (("director", 2), ("office", 1), ("treasurer", 1)):
            self.assertEqual(dashboards.with_user(self.users[role]).search_count([("id", "in", ours)]), seen, role)
        self.assertFalse(dashboards.with_user(self.outsider).search_count([("id", "in", ours)]))
        for role in ("director", "office", "treasurer"):
            with self.assertRaises(AccessError):
                self.metrics[:1].with_user(self.users[role]).name = "Mine"
            with self.assertRaises(AccessError):
                call_kw(dashboards.with_user(self.users[role]), "write", [ours[1:], {"name": "Mine"}], {})

    def test_what_a_user_may_not_read_is_left_out(self):
        network = self.env.ref(f"{ADDON}.dashboard_network")
        seen = network.with_user(self.users["director"])._get_metrics().mapped("code")
        self.assertIn("members", seen)
        self.assertIn("left", seen, "a formula brings what it reads")
        self.assertFalse(network.with_user(self.outsider).sudo(False)._get_metrics())

    def test_no_public_link(self):
        dashboard = self.metrics.dashboard_id
        share = self.env["spreadsheet.dashboard.share"]
        vals = {"dashboard_id": dashboard.id, "spreadsheet_data": "{}"}
        with self.assertRaisesRegex(UserError, "public link"):
            call_kw(share.with_user(self.users["director"]), "action_get_share_url", [vals], {})
        self.env.cr.execute(
            "INSERT INTO spreadsheet_dashboard_share (dashboard_id, access_token, create_uid) VALUES (%s, 'token', %s)"
            " RETURNING id",
            [dashboard.id, self.users["director"].id],
        )
        [[share_id]] = self.env.cr.fetchall()
        with self.assertRaises(Forbidden):
            share.browse(share_id)._check_dashboard_access("token")

    def test_a_dashboard_is_made_when_it_is_opened(self):
        found = json.loads(
            self.metrics.dashboard_id.with_user(self.users["director"])._get_serialized_readonly_dashboard()
        )
        [sheet] = found["snapshot"]["sheets"]
        self.assertIn(self.metrics[:1].name, sheet["cells"].values())
        self.assertTrue(found["snapshot"]["settings"]["locale"])
        sample = self.metrics.dashboard_id._get_sample_dashboard()
        self.assertFalse(sample["pivots"])
