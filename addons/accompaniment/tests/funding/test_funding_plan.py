"""Funding plans: the worked example of Lianes, pasting, scenarios, years, and who may change what."""

import base64
import io

import openpyxl
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ...demo.funding_demo import FundingDemo
from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestFundingPlan(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission()
        cls.partners = {"Région": cls.region}
        cls.plan = FundingDemo(cls, cls.named).make_lianes(cls.mission)

    @classmethod
    def named(cls, name):
        if name not in cls.partners:
            cls.partners[name] = cls.env["res.partner"].create({"name": name, "is_company": True})
        return cls.partners[name]

    def account(self, code, side="product"):
        return self.env["funding.account"].search([("code", "=", code), ("side", "=", side)])

    def test_the_worked_example(self):
        plan = self.plan
        self.assertEqual((plan.total_charges, plan.total_products, plan.balance), (195000, 195000, 0))
        self.assertEqual((plan.secured, plan.weighted, plan.total_in_kind), (144000, 171700, 12000))
        self.assertEqual((plan.first_funder, round(plan.first_share, 3)), ("État", 0.268))
        self.assertEqual((plan.first_row, round(plan.first_row_share, 3)), ("Région", 0.246))
        self.assertEqual(round(plan.public_share, 3), 0.796)
        self.assertEqual((round(plan.concentration, 3), round(plan.concentration_by_row, 3)), (0.174, 0.146))
        self.assertEqual(str(plan.runs_out_on), "2018-09-01")
        self.assertEqual(plan.cash_curve["months"][8], ["2018-09-01", -13677])
        region = plan.scenario_ids[0]
        self.assertEqual((region.secured, str(region.runs_out_on)), (96000, "2018-03-01"))
        self.assertEqual(plan.secured, 144000, "a scenario changes nothing")

    def test_a_thousand_plans_ask_no_more_than_ten(self):
        def count(plans):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["funding.plan"].browse(plans.ids).mapped("concentration")
            return self.env.cr.sql_log_count - before

        plans = self.env["funding.plan"].create(
            [
                {
                    "name": f"Plan {number}",
                    "partner_id": self.lianes.id,
                    "line_ids": [
                        Command.create({"account_id": self.account("756").id, "amount_planned": 100}),
                        Command.create({"account_id": self.account("64", "charge").id, "amount_planned": 100}),
                    ],
                }
                for number in range(60)
            ]
        )
        count(plans)
        self.assertLessEqual(count(plans), count(plans[:5]) + 2)

    def test_lines_are_pasted_all_or_none(self):
        plan = self.env["funding.plan"].create({"name": "New", "partner_id": self.lianes.id})

        def paste(text, side="product"):
            wizard = self.env["funding.paste.wizard"].create({"plan_id": plan.id, "side": side, "text": text})
            wizard.action_confirm()
            wizard.action_confirm()  # a second click adds nothing

        with self.assertRaisesRegex(UserError, "Nothing was added:\nLine 2: “99” is no line[^\n]*\nLine 3: “-5” is no"):
            paste("74-REG\tRégion\t48 000,50\t0\n99\tX\t1\n756\tFees\t-5")
        self.assertFalse(plan.line_ids)
        with self.assertRaisesRegex(UserError, "there is no line here"):
            paste("\n \n")
        paste("74-REG\tRégion\t48 000,50\t12000\r\n\n756\tCotisations\t1 200 €\n")
        paste("641\tSalaires\t49 200,50", side="charge")
        self.assertEqual((plan.total_products, plan.secured, plan.balance), (49200.5, 12000, 0))

    def test_instalments_stay_within_the_grant(self):
        region = self.plan.line_ids.filtered(lambda line: line.name == "Région")
        with self.assertRaisesRegex(ValidationError, "more than the"), self.env.cr.savepoint():
            self.env["funding.instalment"].create({"line_id": region.id, "date_expected": "2018-12-01", "amount": 0.01})
        # Less is granted than planned: what is granted is the limit.
        training = self.plan.line_ids.filtered(lambda line: line.name == "Formations")
        with self.assertRaisesRegex(ValidationError, "more than the"), self.env.cr.savepoint():
            self.env["funding.instalment"].create({"line_id": training.id, "date_expected": "2018-12-01", "amount": 1})
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            region.amount_planned = -1
            self.env.flush_all()
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            region.probability = 1.5
            self.env.flush_all()
        self.env["funding.instalment"].create(
            {"line_id": region.id, "date_expected": "2018-12-01", "amount": 500, "kind": "refund"}
        )
        overdue = self.env["funding.instalment"].search([("is_overdue", "=", True), ("plan_id", "=", self.plan.id)])
        self.assertEqual(overdue, self.plan.instalment_ids)
        overdue[0].write({"date_received": "2018-03-20", "amount_received": 24000})
        self.assertFalse(overdue[0].is_overdue)

    def test_a_closed_year_does_not_change(self):
        plan = self.plan
        with self.assertRaisesRegex(UserError, "not as far"):
            plan.action_vote()
        plan.action_propose()
        plan.action_vote()
        with self.assertRaisesRegex(UserError, "it is kept"):
            plan.unlink()
        plan.action_close()
        for act in (
            lambda: plan.write({"opening_cash": 1}),
            lambda: plan.line_ids[0].write({"amount_planned": 1}),
            plan.line_ids[0].unlink,
            plan.line_ids[0].copy,
            lambda: plan.in_kind_ids[0].write({"amount": 1}),
        ):
            with self.assertRaisesRegex(UserError, "does not change any more"), self.env.cr.savepoint():
                act()
        following = self.env["funding.plan"].browse(plan.action_next_year()["res_id"])
        self.assertEqual((following.name, str(following.date_from)), ("Plan 2019", "2019-01-01"))
        self.assertEqual((following.total_products, following.secured), (195000, 0))
        self.assertEqual(plan.action_next_year()["res_id"], following.id, "once")
        plan.action_reopen()
        plan.opening_cash = 1

    def test_the_budget_recomputes_in_the_workbook(self):
        action = self.plan.with_user(self.users["director"]).action_export_budget()
        file = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4]))
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(file.content)))
        self.assertEqual(len(book.worksheets), 2)
        rows = {row[1].value: row for row in book.worksheets[1].iter_rows(min_row=4) if row[1].value}
        self.assertEqual(rows["Région"][2].value, 48000)
        self.assertTrue(str(list(rows.values())[-1][2].value).startswith("=C"), "the total is a formula")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_changes_a_plan(self):
        def rpc(role, method, *args):
            with self.env.cr.savepoint():
                return call_kw(self.env["funding.plan"].with_user(self.users[role]), method, list(args), {})

        for role in ("adviser", "coordinator"):
            rpc(role, "write", self.plan.ids, {"name": f"By {role}"})
        for role in ("colleague", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                rpc(role, "write", self.plan.ids, {"name": "No"})
            with self.subTest(role=role), self.assertRaises(AccessError):
                rpc(role, "action_propose", self.plan.ids)
        for role in ("colleague", "director"):
            self.assertEqual(rpc(role, "read", self.plan.ids, ["secured"])[0]["secured"], 144000)
        with self.assertRaises(AccessError):
            rpc("outsider", "read", self.plan.ids, ["secured"])
        with self.assertRaises(AccessError):
            self.env["funding.line"].with_user(self.users["colleague"]).browse(
                self.plan.line_ids[0].id
            ).amount_planned = 1
        with self.assertRaises(AccessError):
            rpc("adviser", "write", self.plan.ids, {"state": "voted"})
