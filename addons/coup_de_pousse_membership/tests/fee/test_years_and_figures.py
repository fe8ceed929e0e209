"""Years of membership count memberships; figures that are missing may be the last known ones."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestYearsAndFigures(MembershipCommon):
    def test_case_21_a_rollover_is_one_year_of_membership(self):
        rules = [Command.create({"amount": 50, "year_to": 2}), Command.create({"amount": 100, "sequence": 20})]
        grids = {
            year: self.make_grid(
                [],
                vote=False,
                name=str(year),
                date_from=f"{year}-01-01",
                rollover_from=f"{year}-11-01",
                rule_ids=rules,
            )
            for year in (2026, 2027, 2028, 2029)
        }
        for grid in grids.values():
            grid.action_vote()
        member = self.make_members(1)
        first = self.make_memberships(member, grids[2026], date_from=date(2026, 11, 15), admit=False)
        first.applied_on = "2026-11-15"
        first._decide_admission("admitted", date(2026, 11, 15), "Board")
        self.assertEqual((first.date_to, first.amount, member.since), (date(2027, 12, 31), 50, date(2026, 11, 15)))
        [quote] = grids[2028].quote(member)
        self.assertEqual((quote["year"], quote["amount"]), (2, 50))
        self.make_memberships(member, grids[2028])
        [quote] = grids[2029].quote(member)
        self.assertEqual((quote["year"], quote["amount"]), (3, 100))

    def test_the_last_known_figure_where_the_grid_says_so(self):
        strict = self.make_grid([(None, 500, 20), (500, None, 100)], vote=False)
        lenient = self.make_grid([(None, 500, 20), (500, None, 100)], vote=False, last_known_figures=True)
        self.assertFalse(strict.last_known_figures)
        old, recent, never = self.make_members(3)
        figures = self.env["association.annual.figures"]
        figures.create(
            [
                {"partner_id": old.partner_id.id, "year": self.year - 4, "budget": 100},
                {"partner_id": old.partner_id.id, "year": self.year - 3, "budget": 900},
                {"partner_id": old.partner_id.id, "year": self.year - 2, "sites": 3},
                {"partner_id": recent.partner_id.id, "year": self.year - 3, "budget": 900},
                {"partner_id": recent.partner_id.id, "year": self.year - 1, "budget": 100},
                # declared for a later year than the grid's: not read
                {"partner_id": never.partner_id.id, "year": self.year, "budget": 100},
            ]
        )
        quotes = strict.quote(old | recent | never)
        self.assertEqual([quote["amount"] for quote in quotes], [False, 20, False])
        quotes = lenient.quote(old | recent | never)
        self.assertEqual([quote["amount"] for quote in quotes], [100, 20, False])
        self.assertIn(str(self.year - 3), quotes[0]["sentence"])
        self.assertIn("last known", quotes[0]["sentence"])
        self.assertIn(str(self.year - 1), quotes[1]["sentence"])
        self.assertNotIn("last known", quotes[1]["sentence"])
        self.assertIn("nor for an earlier year", quotes[2]["problem"])
        overview = self.env["association.overview"]
        without = [
            self.env["association.member"].search(overview._get_missing_figures_domain(grid))
            for grid in (strict, lenient)
        ]
        self.assertEqual(without, [old | never, never])

    def test_the_last_known_figure_is_voted_and_goes_on(self):
        grid = self.make_grid([(None, None, 20)], last_known_figures=True)
        with self.assertRaises(UserError):
            grid.last_known_figures = False
        self.assertTrue(grid._duplicate_for_next_year().last_known_figures)

    def test_a_first_membership_runs_from_the_day_that_the_grid_says(self):
        member = self.make_members(1, budget=1)
        by_period = self.make_grid([(None, None, 20)], name="Period", vote=False)
        by_day = self.make_grid([(None, None, 20)], name="Day", vote=False, starts_on="joining")
        by_month = self.make_grid([(None, None, 20)], name="Month", vote=False, prorata=True)
        self.assertEqual([grid.starts_on for grid in (by_period, by_day, by_month)], ["period", "joining", "joining"])
        first = date(self.year, 1, 1)
        for grid, expected in ((by_period, first), (by_day, self.today), (by_month, self.today)):
            grid.action_vote()
            wizard = self.env["association.membership.wizard"].new(
                {"member_ids": [Command.set(member.ids)], "grid_id": grid.id, "company_id": self.company.id}
            )
            self.assertEqual(wizard.date_from, expected)
            form = Form(self.env["association.membership"])
            form.member_id, form.grid_id = member, grid
            self.assertEqual((form.date_from, form.date_to), (expected, date(self.year, 12, 31)))

    def test_a_grid_of_february_goes_on_to_the_month_s_last_day(self):
        grid = self.make_grid([(None, None, 20)], date_from="2026-03-01")
        self.assertEqual(grid.date_to, date(2027, 2, 28))
        following = grid._duplicate_for_next_year()
        self.assertEqual((following.date_from, following.date_to), (date(2027, 3, 1), date(2028, 2, 29)))
        leap = self.env["association.fee.grid"].create({"name": "Leap", "date_from": "2028-02-29"})
        self.assertEqual(leap.date_to, date(2029, 2, 28))
