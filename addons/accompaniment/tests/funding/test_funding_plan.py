"""Funding plans: the worked example of Lianes, pasting, scenarios, years, and who may change what."""

import base64
import io
import re

import openpyxl
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader
from psycopg2.errors import CheckViolation

from .common import FundingCommon


@tagged("post_install", "-at_install")
class TestFundingPlan(FundingCommon):
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
        self.assertEqual(sum(overdue.mapped("amount_left")), 24000 + 8000 + 1791 + 22000 + 400 + 2436)
        self.assertNotIn("refund", overdue.mapped("kind"), "what is to be given back is not awaited")
        first = region.instalment_ids.sorted("date_expected")[0]
        self.assertNotIn(first, overdue, "it came in")
        first.amount_received = 20000
        self.assertTrue(first.is_overdue, "4,000 are still to come")
        self.assertEqual(first.amount_left, 4000)
        payments = first._get_payments()
        self.assertEqual([payment.amount for payment in payments], [20000, 4000])
        first.amount_received = 24000
        self.assertFalse(first.is_overdue)
        other = overdue.filtered(lambda one: one.line_id.name == "MEL")
        other.date_received = "2018-07-20"
        self.assertEqual(other.amount_received, other.amount, "all of it, unless somebody says otherwise")

    def test_what_came_in_is_said_once_by_the_instalments(self):
        region = self.plan.line_ids.filtered(lambda line: line.name == "Région")
        self.assertEqual(region.amount_received, 24000)
        with self.assertRaisesRegex(ValidationError, "paid by instalments"), self.env.cr.savepoint():
            region.amount_received = 48000
        second = region.instalment_ids.sorted("date_expected")[1]
        second.date_received = "2018-12-03"
        self.assertEqual(region.amount_received, 48000)
        self.env["funding.instalment"].create(
            {
                "line_id": region.id,
                "date_expected": "2018-12-20",
                "date_received": "2018-12-20",
                "amount": 500,
                "kind": "refund",
            }
        )
        self.assertEqual(region.amount_received, 47500, "less what was given back")
        region.instalment_ids.unlink()
        region.amount_received = 1200
        self.assertEqual(region.amount_received, 1200, "without instalments it is typed")

    def test_a_grant_is_not_lowered_below_its_instalments(self):
        region = self.plan.line_ids.filtered(lambda line: line.name == "Région")
        with self.assertRaisesRegex(ValidationError, "more than the"):
            region.amount_granted = 40000

    def test_nothing_is_moved_into_a_closed_year(self):
        other = self.env["funding.plan"].create({"name": "Other", "partner_id": self.lianes.id})
        line = self.env["funding.line"].create({"plan_id": other.id, "account_id": self.account("756").id})
        for step in ("action_propose", "action_vote", "action_close"):
            getattr(self.plan, step)()
        change = self.plan.scenario_ids[0].change_ids[0]
        elsewhere = self.env["funding.scenario"].create({"name": "Elsewhere", "plan_id": line.plan_id.id})
        moved = self.env["funding.scenario.change"].create({"scenario_id": elsewhere.id, "funder_id": self.region.id})
        for act in (
            lambda: line.write({"plan_id": self.plan.id}),
            lambda: change.write({"months": 1}),
            lambda: moved.write({"scenario_id": change.scenario_id.id}),
            change.unlink,
        ):
            with self.assertRaisesRegex(UserError, "does not change any more"), self.env.cr.savepoint():
                act()

    def test_the_figures_follow_what_is_typed(self):
        self.plan.instalment_ids.unlink()
        form = Form(self.plan)
        self.assertIn("74 Operating grants", form.subtotals_html)
        before = form.subtotals_html
        with form.product_ids.edit(0) as line:
            line.amount_granted += 1000
        self.assertEqual(form.secured, 145000)
        with form.product_ids.edit(0) as line:
            line.amount_planned += 1
        self.assertNotEqual(form.subtotals_html, before, "subtotals follow what is typed")
        while len(form.product_ids):
            form.product_ids.remove(0)
        self.assertEqual((form.secured, form.total_products), (0, 0))

    def test_next_year_of_a_plan_of_three_years(self):
        plan = self.env["funding.plan"].create(
            {"name": "Project", "partner_id": self.lianes.id, "date_from": "2018-01-01", "date_to": "2020-12-31"}
        )
        following = self.env["funding.plan"].browse(plan.action_next_year()["res_id"])
        self.assertEqual((str(following.date_from), str(following.date_to)), ("2021-01-01", "2023-12-31"))
        self.assertEqual(following.name, "Project – 2021")

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
        in_kind = [
            row[2].value for row in book.worksheets[0].iter_rows(min_row=4) if str(row[0].value or "").startswith("86")
        ]
        self.assertEqual(sum(value for value in in_kind if not isinstance(value, str)), 12000)
        # The form's 870 is volunteering; the association chart has it the other way round.
        difference = next(row for row in book.worksheets[1].iter_rows(min_row=4) if row[1].value == "Région")
        line = difference[0].row
        self.assertEqual((difference[6].value, difference[7].value[:4]), (f"=E{line}-C{line}", "=IF("))
        chart = {
            str(row[0].value): str(row[5].value) for row in book.worksheets[1].iter_rows(min_row=4) if row[0].value
        }
        self.assertEqual((chart["870"], chart["74-REG"][:2]), ("875", "74"))

    def test_versions_stand_side_by_side(self):
        plan = self.plan.with_user(self.users["adviser"])
        plan.action_propose()
        region = plan.line_ids.filtered(lambda line: line.name == "Département")
        region.amount_planned = 12000
        plan.action_vote()
        plan.action_reopen()
        region.amount_planned = 9000
        plan.action_propose()
        self.assertEqual(plan.version_ids.mapped("kind"), ["proposed", "voted", "revised"])
        row = next(row for row in plan.versions_html.split("<tr>") if "74-DEP" in row)
        figures = [re.sub("[^0-9]", "", cell)[:-2] for cell in re.findall(r"<td class=[^>]*>([^<]*)", row)]
        self.assertEqual(figures, ["15000", "12000", "9000", "9000"])
        with self.assertRaises(AccessError):
            plan.version_ids[0].write({"amounts": {}})

    def test_the_plan_warns_by_the_settings(self):
        self.assertFalse(self.plan.warnings)
        self.plan.company_id.write({"funding_first_share": 0.25, "funding_months": 9})
        self.plan.invalidate_recordset(["warnings"])
        self.assertIn("État pays 27", self.plan.warnings)
        self.assertIn("months of charges, below 9", self.plan.warnings)

    def test_an_hour_counts_by_the_rate_of_its_day(self):
        work = self.env["funding.work"].create(
            {
                "name": "Stewarding",
                "rate_ids": [
                    Command.create({"date_from": "2017-01-01", "amount": 12}),
                    Command.create({"date_from": "2018-06-01", "amount": 15}),
                ],
            }
        )
        gift = self.env["funding.in.kind"].create(
            {
                "plan_id": self.plan.id,
                "name": "Festival",
                "work_id": work.id,
                "hours": 10,
                "use_account_id": self.account("864", "charge").id,
                "source_account_id": self.account("870").id,
            }
        )
        self.assertEqual((gift.hour_rate, gift.amount), (12, 120), "the plan began before the new rate")
        self.assertIsNone(work._get_rate(self.plan.date_from.replace(year=2016)))

    def print_text(self, name, pages=None):
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        report = self.env.ref(f"accompaniment.{name}").with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf(f"accompaniment.{name}_document", self.plan.ids)
        found = PdfFileReader(io.BytesIO(content)).pages
        self.assertEqual(len(found), pages or len(found))
        return " ".join(" ".join(page.extract_text() for page in found).split())

    def test_the_budget_is_printed_line_for_line(self):
        text = self.print_text("report_budget")
        for told in (
            "Lianes coopération",
            "60 Purchases",
            "Regions",
            "48 000,00",
            "128 000,00",
            "195 000,00",
            "864 Volunteers",
        ):
            self.assertIn(told, text)

    def test_the_page_for_the_board(self):
        text = self.print_text("report_board", pages=1)
        for told in (
            "How we are funded",
            "144 000,00",
            "État 27",
            "septembre 2018",
            "52 164,00",
            "La Région arrête",
            "mars 2018",
        ):
            self.assertIn(told.replace("septembre", "").replace("mars", "").strip(), text)
        self.assertNotIn(self.env.company.name, text, "the organisation sends it, not its network")
        page = self.plan._get_board_page()
        self.assertEqual([name for name, *_bar in page.sources][:2], ["État", "Région"])
        self.assertEqual(len(page.cash["points"]), 12)
        self.assertEqual(sum(planned for _name, planned, *_bar in page.sources), 195000)

    def test_funders_that_are_merged_are_one_in_the_figures(self):
        state, region = self.named("État"), self.named("Région")
        both = sum(line.amount_planned for line in self.plan._get_products() if line.funder_id in (state, region))
        self.assertNotEqual(self.plan.first_funder, "Région")
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"]._merge((state | region).ids, region, extra_checks=False)
        self.assertAlmostEqual(self.plan.first_share, both / self.plan.total_products, 6)
        self.assertEqual(self.plan.first_funder, "Région")

    def test_the_records_behind_the_indicators(self):
        plan = self.plan

        def behind(figure, amount="amount_planned"):
            action = plan.with_context(figure=figure).action_view_figure()
            lines = self.env[action["res_model"]].search(action["domain"])
            self.assertTrue(lines, figure)
            return sum(lines.mapped(amount))

        action = plan.action_view_sources()
        products = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(products.mapped("amount_planned")), plan.total_products)
        for figure in ("secured", "months_covered"):
            self.assertEqual(behind(figure, "amount_granted"), plan.secured)
        for figure in ("total_products", "weighted", "concentration", "concentration_by_row"):
            self.assertEqual(behind(figure), plan.total_products)
        self.assertEqual(behind("total_charges"), plan.total_charges)
        for figure in ("public_share", "private_share", "own_share"):
            self.assertAlmostEqual(behind(figure) / plan.total_products, plan[figure], 6)
        self.assertAlmostEqual(behind("first_funder") / plan.total_products, plan.first_share, 6)
        self.assertAlmostEqual(behind("first_row") / plan.total_products, plan.first_row_share, 6)
        with self.assertRaisesRegex(UserError, "no lines of its own"):
            plan.with_context(figure="name").action_view_figure()

    def test_the_financial_report_says_what_differs(self):
        lines = self.plan.line_ids
        lines.filtered(lambda line: line.account_id.code == "64").amount_actual = 100000
        region = lines.filtered(lambda line: line.name == "Région")
        region.write({"amount_actual": 24000, "note": "Half of it comes next year"})
        self.assertEqual(str(self.plan.report_due_on), "2019-06-30")
        text = self.print_text("report_financial")
        for told in ("100 000,00", "28 000,00", "78 %", "To be explained", "Half of it comes next year", "30/06/2019"):
            self.assertIn(told, text)

    def test_what_is_not_spent_on_its_purpose_is_dedicated(self):
        region = self.plan.line_ids.filtered(lambda line: line.name == "Région")
        self.assertEqual(region.amount_dedicated, 0)
        region.write({"is_earmarked": True, "amount_spent": 40000})
        self.assertEqual(region.amount_dedicated, 8000)

    def test_what_is_due_has_its_card(self):
        def cards(role):
            overview = self.env["accompaniment.overview"].with_user(self.users[role]).get_overview()
            return {card["name"]: card for card in overview["cards"]}

        self.assertEqual(cards("adviser")["funding_overdue"]["count"], 6)
        self.assertNotIn("funding_reports", cards("adviser"))
        self.plan.action_propose()
        self.plan.action_vote()
        for role in ("adviser", "coordinator", "director"):
            card = cards(role)["funding_reports"]
            self.assertEqual(self.env["funding.plan"].search(card["domain"]), self.plan)
        self.assertNotIn("funding_reports", cards("colleague"), "an adviser sees those of their own missions")
        self.plan.report_sent_on = "2019-06-01"
        self.assertNotIn("funding_reports", cards("coordinator"))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_changes_a_plan(self):
        def rpc(role, method, *args):
            with self.env.cr.savepoint():
                return call_kw(self.env["funding.plan"].with_user(self.users[role]), method, list(args), {})

        for role in ("adviser", "coordinator"):
            rpc(role, "write", self.plan.ids, {"name": f"By {role}"})
        treasurer = new_test_user(self.env, "funds", "coup_de_pousse_membership.group_membership_treasurer")
        own = self.env["funding.plan"].create({"name": "Own", "partner_id": self.env.company.partner_id.id})
        own.with_user(treasurer).write({"name": "The network's own"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.plan.with_user(treasurer).write({"name": "Not the treasurer's"})
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
