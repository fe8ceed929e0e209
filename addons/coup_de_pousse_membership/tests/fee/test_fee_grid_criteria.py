"""Grids as users enter them: criteria, prices, periods, shares; what quotes and calls make of them."""

import logging
import time
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..common import MembershipCommon

SPACES = dict.fromkeys(map(ord, "\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"), " ")


@tagged("post_install", "-at_install")
class TestFeeGridCriteria(MembershipCommon):
    def grid_of(self, *rules, **values):
        """A voted grid of these rules (dictionaries of values)."""
        return self.make_grid(
            [],
            rule_ids=[Command.create({"sequence": index, **rule}) for index, rule in enumerate(rules)],
            **values,
        )

    def member(self, **figures):
        member = self.make_members(1)
        if figures:
            self.env["association.annual.figures"].create(
                {"partner_id": member.partner_id.id, "year": self.year - 1, **figures}
            )
        return member

    def fee(self, grid, member, day=None):
        [quote] = grid.quote(member, day)
        self.assertFalse(quote["problem"])
        return quote["amount"]

    # ---- kinds of fees ----

    def test_progressive_rate(self):
        brackets = [Command.create({"starts_from": start, "rate": rate}) for start, rate in ((50000, 0.1), (0, 0.2))]
        grid = self.grid_of({"basis": "budget", "method": "brackets", "bracket_ids": brackets, "cap": 500})
        quotes = grid.quote(self.make_members(1, budget=60000) + self.make_members(1, budget=10**6))
        self.assertEqual([quote["amount"] for quote in quotes], [110, 500])
        self.assertRegex(quotes[0]["sentence"], r"0[.,]2\s% from 0\s€; 0[.,]1\s% from 50.000\s€, 110")
        with self.assertRaisesRegex(UserError, "voted"):
            grid.rule_ids.bracket_ids[0].rate = 3
        copy = grid._duplicate_for_next_year()
        self.assertEqual(copy.rule_ids.bracket_ids.sorted("starts_from").mapped("rate"), [0.2, 0.1])
        copy.rule_ids.bracket_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "without brackets"):
            copy.action_vote()
        with self.assertRaisesRegex(ValidationError, "without brackets"), self.env.cr.savepoint():
            self.grid_of({"basis": "budget", "method": "brackets"})
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            copy.rule_ids.bracket_ids = [Command.create({"starts_from": 0, "rate": 1}) for _index in range(2)]

    def test_rate_with_bounds(self):
        grid = self.grid_of({"basis": "turnover", "method": "rate", "rate": 0.08, "floor": 280, "cap": 52000})
        for turnover, expected in ((0, 280), (350000, 280), (1000000, 800), (10**9, 52000)):
            with self.subTest(turnover=turnover):
                self.assertEqual(self.fee(grid, self.member(turnover=turnover)), expected)
        sentence = grid.quote(self.member(turnover=1000000))[0]["sentence"].translate(SPACES)
        self.assertIn("0.08", sentence.replace(",", "."))

    def test_price_per_unit_and_per_started_group(self):
        grid = self.grid_of(
            {"basis": "sites", "method": "unit", "amount": 1500, "unit_price": 125, "threshold": 14, "basis_from": 10},
            {"basis": "employees", "method": "step", "unit_price": 100, "group_size": 3},
        )
        self.assertEqual(self.fee(grid, self.member(sites=16, employees=7)), 1750)
        self.assertEqual(self.fee(grid, self.member(sites=10, employees=7)), 1500)
        self.assertEqual(self.fee(grid, self.member(sites=2, employees=7)), 300)

    def test_two_figures_and_the_age_of_the_organisation(self):
        young = {"second_basis": "age", "second_below": 2, "amount": 5}
        old = {"second_basis": "age", "second_from": 2, "amount": 7}
        alone = {"basis": "employees", "basis_from": 0, "basis_below": 1}
        grid = self.grid_of({**alone, **young}, {**alone, **old})
        member = self.member(employees=0)
        self.assertIn("foundation", grid.quote(member)[0]["problem"])
        member.partner_id.founded_on = date(self.year - 1, 6, 1)
        self.assertEqual(self.fee(grid, member), 5)
        member.partner_id.founded_on = date(self.year - 2, 1, 1)
        self.assertEqual(self.fee(grid, member), 7)

    def test_declared_tariff_and_free_choice(self):
        tariffs = self.env["association.tariff"].create([{"name": "Student"}, {"name": "Support"}])
        grid = self.grid_of(
            {"tariff_ids": tariffs[0].ids, "amount": 5},
            {"tariff_ids": tariffs[1].ids, "method": "free", "amount": 30, "floor": 20},
            {"amount": 10},
        )
        member = self.member()
        self.assertEqual(self.fee(grid, member), 10)
        member.tariff_id = tariffs[0]
        self.assertEqual(self.fee(grid, member), 5)
        member.tariff_id = tariffs[1]
        self.assertEqual(self.fee(grid, member), 30, "what the grid suggests")
        member.chosen_amount = 50
        self.assertEqual(self.fee(grid, member), 50)
        member.chosen_amount = 19.99
        self.assertRegex(grid.quote(member)[0]["problem"], "19[.,]99")
        self.assertIs(self.member().chosen_amount, False)

    def test_territory_inside_a_region(self):
        territory = self.env["association.territory"]
        brittany = territory.search([("kind", "=", "region"), ("name", "=", "Bretagne")])
        finistere = territory.search([("kind", "=", "department"), ("code", "=", "29")])
        grid = self.grid_of({"territory_ids": brittany.ids, "amount": 20}, {"amount": 60})
        member = self.member()
        self.assertIn("territory", grid.quote(member)[0]["problem"])
        member.partner_id.territory_id = finistere
        self.assertEqual(self.fee(grid, member), 20)
        member.partner_id.territory_id = territory.search([("kind", "=", "department"), ("code", "=", "44")])
        self.assertEqual(self.fee(grid, member), 60)

    # ---- years, periods ----

    def test_half_price_in_the_first_year_is_explained(self):
        half = Command.create({"name": "half price in the first year", "year_to": 1, "percent": -50})
        grid = self.make_grid([(50000, 150000, 150)], adjustment_ids=[half])
        member = self.member(budget=120000)
        [quote] = grid.quote(member)
        self.assertEqual((quote["amount"], quote["year"]), (75, 1))
        self.assertIn("half price in the first year: ", quote["sentence"])
        self.assertTrue(
            quote["sentence"].translate(SPACES).endswith("75.00 €.")
            or quote["sentence"].translate(SPACES).endswith("75,00 €.")
        )
        member.since = date(self.year - 1, 12, 31)
        self.assertEqual(grid.quote(member)[0]["amount"], 150)

    def test_years_count_from_joining_again(self):
        rules = [{"year_to": 1, "amount": 10}, {"year_from": 2, "amount": 20}]
        first = self.grid_of(*rules)
        last = self.grid_of(*rules, year_counting="last", name="Last")
        old = self.make_grid([(None, None, 1)], date_from=f"{self.year - 4}-01-01", figures_year=self.year - 1)
        member = self.member(budget=1)
        self.make_memberships(member, old)
        self.assertEqual(member.since.year, self.year - 4)
        self.assertEqual((self.fee(first, member), self.fee(last, member)), (20, 20))
        # it lapsed for years; a membership of last year makes it the second year since
        again = self.make_grid([(None, None, 1)], date_from=f"{self.year - 1}-01-01", figures_year=self.year - 1)
        self.make_memberships(member, again)
        self.assertEqual(first.quote(member)[0]["year"], 5)
        self.assertEqual(last.quote(member)[0]["year"], 2)

    def test_prorata_is_for_those_who_join_during_the_period(self):
        grid = self.grid_of({"amount": 24}, prorata=True)
        new = self.member()
        day = date(self.year, 10, 15)
        self.assertEqual(self.fee(grid, new), 24)
        [quote] = grid.quote(new, day)
        self.assertEqual((quote["amount"], quote["date_from"]), (6, day))
        current = self.member(budget=1)
        past = self.make_grid([(None, None, 1)], date_from=f"{self.year - 1}-01-01", figures_year=self.year - 1)
        self.make_memberships(current, past)
        [quote] = grid.quote(current, day)
        self.assertEqual((quote["amount"], quote["date_from"]), (24, grid.date_from))

    def test_next_period_included(self):
        grid = self.grid_of({"amount": 24}, rollover_from=f"{self.year}-09-01")
        [membership] = self.make_memberships(self.member(), grid, date_from=date(self.year, 9, 1))
        self.assertEqual(membership.date_to, date(self.year + 1, 12, 31))
        [membership] = self.make_memberships(self.member(), grid, date_from=date(self.year, 8, 31))
        self.assertEqual(membership.date_to, date(self.year, 12, 31))

    def test_monthly_fee(self):
        grid = self.grid_of({"amount": 5}, amount_period="month")
        self.assertEqual(self.fee(grid, self.member()), 60)
        self.assertEqual(self.fee(grid, self.member(), date(self.year, 12, 1)), 5)

    # ---- calls ----

    def test_entry_fee_is_a_line_of_the_first_call_only(self):
        grid = self.grid_of({"amount": 90, "entry_fee": 4})
        member = self.member()
        [membership] = self.make_memberships(member, grid)
        self.assertEqual((membership.amount, membership.entry_fee, membership.total), (90, 4, 94))
        invoice = membership._issue_calls()
        self.assertEqual(invoice.invoice_line_ids.mapped("price_subtotal"), [90, 4])
        self.assertEqual((membership.payment_state, membership.amount_due), ("called", 94))
        self.pay(invoice)
        self.assertEqual((membership.payment_state, membership.amount_due), ("paid", 0))
        following = self.grid_of({"amount": 90, "entry_fee": 4}, name="Next", date_from=f"{self.year + 1}-01-01")
        self.assertEqual(following.quote(member)[0]["entry_fee"], 0)

    def test_shares_are_lines_that_sum_to_the_fee(self):
        federal = self.env["product.product"].create(
            {"name": "Federal", "type": "service", "taxes_id": [Command.clear()]}
        )
        grid = self.grid_of(
            {"amount": 86},
            prorata=True,
            share_ids=[
                Command.create({"name": "Federal share", "weight": 49, "product_id": federal.id}),
                Command.create({"name": "Local share", "weight": 37}),
            ],
        )
        [whole] = self.make_memberships(self.member(), grid)
        lines = whole._issue_calls().invoice_line_ids
        self.assertEqual(lines.mapped("price_subtotal"), [49, 37])
        self.assertEqual(lines[0].product_id, federal)
        self.assertIn("Local share", lines[1].name)
        [part] = self.make_memberships(self.member(), grid, date_from=date(self.year, 6, 1))
        invoice = part._issue_calls()
        self.assertEqual(part.amount, 50.17)
        self.assertEqual(invoice.amount_total, 50.17)
        self.assertEqual(invoice.invoice_line_ids.mapped("price_subtotal"), [28.59, 21.58])

    def test_shares_received_become_income_of_each_share(self):
        self.company.membership_income_recognition = "on_receipt"
        federal = self.env["product.product"].create(
            {
                "name": "Federal",
                "type": "service",
                "taxes_id": [Command.clear()],
                "property_account_income_id": self.company_data["default_account_revenue"].id,
            }
        )
        grid = self.grid_of(
            {"amount": 86, "entry_fee": 10},
            share_ids=[
                Command.create({"name": "Federal share", "weight": 49, "product_id": federal.id}),
                Command.create({"name": "Local share", "weight": 37}),
            ],
        )
        [membership] = self.make_memberships(self.member(), grid)
        invoice = membership._issue_calls()
        self.pay(invoice, 48)
        self.pay(invoice)
        rows = self.env["account.move.line"]._read_group(
            [("move_id.fee_call_id", "=", invoice.id), ("account_id.account_type", "=", "income")],
            ["account_id"],
            ["balance:sum"],
        )
        self.assertEqual(
            {account.code[:4]: balance for account, balance in rows},
            {"7561": -47, self.company_data["default_account_revenue"].code[:4]: -49},
        )

    # ---- before the vote, and afterwards ----

    def test_holes_and_useless_rules_are_said_before_the_vote(self):
        grid = self.make_grid([(0, 10000, 40), (20000, None, 90), (30000, 40000, 95)], vote=False)
        count = self.env["association.category"].search_count([])
        self.assertEqual((grid.hole_count, grid.shadowed_count), (count, 1))
        hole = grid.review["holes"][0].translate(SPACES)
        self.assertIn("10,000", hole.replace(" ", ",").replace("10.000", "10,000"))
        self.assertIn("Rule 3", grid.review["shadowed"][0])
        self.assertEqual(len(grid.review["curves"]), count)
        grid.rule_ids[0].basis_below = 20000
        grid.rule_ids[2].unlink()
        self.assertEqual((grid.hole_count, grid.shadowed_count), (0, 0))

    def test_next_year_with_a_raise(self):
        grid = self.grid_of(
            {"amount": 150, "entry_fee": 10},
            {"basis": "turnover", "method": "rate", "rate": 0.08, "floor": 280},
            cap=52000,
        )
        copy = grid._duplicate_for_next_year(2.5, "1")
        self.assertEqual(copy.rule_ids.mapped("amount"), [154, 0])  # 153.75
        self.assertEqual(copy.rule_ids[0].entry_fee, 10)  # 10.25
        self.assertEqual((copy.rule_ids[1].rate, copy.rule_ids[1].floor), (0.08, 287))
        self.assertEqual((copy.cap, copy.state), (53300, "draft"))
        self.assertEqual(grid.rule_ids.mapped("amount"), [150, 0])

    def test_what_a_member_would_have_paid(self):
        old = self.make_grid([(None, None, 80)], date_from=f"{self.year - 1}-01-01", figures_year=self.year - 1)
        self.make_grid([(None, 10, 100), (10, None, 200)])
        member = self.make_members(1, budget=50)
        self.make_memberships(member, old)
        self.assertEqual(
            [(row["amount"], row["called"]) for row in member._get_fees_under_each_grid()],
            [(200, 0), (80, 80)],
        )

    def test_nothing_of_a_voted_grid_changes(self):
        grid = self.grid_of(
            {"amount": 1},
            adjustment_ids=[Command.create({"name": "half", "percent": -50})],
            share_ids=[Command.create({"name": "all", "weight": 1})],
        )
        for change in (
            lambda: grid.write({"cap": 5}),
            lambda: grid.write({"prorata": True}),
            lambda: grid.adjustment_ids.write({"percent": 0}),
            grid.adjustment_ids.unlink,
            lambda: grid.share_ids.write({"weight": 2}),
            lambda: grid.write({"share_ids": [Command.create({"name": "x", "weight": 1})]}),
        ):
            with self.assertRaisesRegex(UserError, "voted"):
                change()

    def test_a_drafted_grid_gives_no_membership_even_by_hand(self):
        grid = self.make_grid([(None, None, 1)], vote=False)
        with self.assertRaisesRegex(UserError, "vote"):
            self.env["association.membership"].create(
                {
                    "member_id": self.member().id,
                    "grid_id": grid.id,
                    "date_from": grid.date_from,
                    "date_to": grid.date_to,
                }
            )

    def test_rights_on_the_parts_of_a_grid(self):
        grid = self.make_grid([(None, None, 1)], vote=False)
        for role in ("director", "office"):
            for model, vals in (
                ("association.fee.adjustment", {"name": "half"}),
                ("association.fee.share", {"name": "x", "weight": 1}),
                ("association.tariff", {"name": "Student"}),
            ):
                vals = vals if model == "association.tariff" else {**vals, "grid_id": grid.id}
                with self.subTest(role=role, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(self.users[role]).create(vals)
        treasurer = grid.with_user(self.users["treasurer"])
        treasurer.adjustment_ids = [Command.create({"name": "half", "percent": -50})]

    def test_a_grid_is_entered_on_screen(self):
        form = Form(self.env["association.fee.grid"].with_user(self.users["treasurer"]))
        form.name = "Screen"
        form.date_from = date(self.year, 1, 1)
        with form.rule_ids.new() as rule:
            rule.basis = "turnover"
            rule.basis_below = 500000
            rule.amount = 280
        with form.rule_ids.new() as rule:
            rule.basis = "turnover"
            rule.basis_from = 500000
            rule.method = "rate"
            rule.rate = 0.08
        grid = form.save()
        self.assertEqual(grid.date_to, date(self.year, 12, 31))
        self.assertIs(grid.rule_ids[0].basis_from, False)
        self.assertEqual(self.fee(grid, self.member(turnover=500000)), 400)

    def test_five_thousand_quotes(self):
        rules = [
            {"basis": "budget", "basis_from": 1000 * i, "basis_below": 1000 * (i + 1), "amount": i} for i in range(12)
        ]
        grid = self.grid_of(*rules)
        partners = self.env["res.partner"].create([{"name": f"N{i}", "is_company": True} for i in range(5000)])
        self.env["association.annual.figures"].create(
            [
                {"partner_id": partner.id, "year": self.year - 1, "budget": (i % 12) * 1000}
                for i, partner in enumerate(partners)
            ]
        )
        members = self.env["association.member"].create(
            [{"partner_id": p.id, "category_id": self.category.id} for p in partners]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        grid.quote(members[:1])  # Odoo learns its access rules once
        self.env.invalidate_all()
        start, since = self.cr.sql_log_count, time.perf_counter()
        quotes = grid.quote(members)
        spent = time.perf_counter() - since
        self.assertLess(self.cr.sql_log_count - start, 20)
        logging.getLogger(__name__).info("5,000 quotes on 12 rules: %.2f s", spent)
        self.assertEqual([quote["amount"] for quote in quotes], [i % 12 for i in range(5000)])
