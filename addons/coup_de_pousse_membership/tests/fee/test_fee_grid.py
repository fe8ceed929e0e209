"""Life of a grid: tried out, voted, frozen, duplicated; who may know a fee."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import MembershipCommon

BANDS = [(None, 50000, 50), (50000, 150000, 150), (150000, None, 400)]


@tagged("post_install", "-at_install")
class TestFeeGrid(MembershipCommon):
    def test_quote_explains_itself(self):
        grid = self.make_grid(BANDS)
        member = self.make_members(1, budget=120000)
        quote = grid.quote(member)[0]
        self.assertEqual(quote["amount"], 150)
        self.assertEqual(quote["rule_id"], grid.rule_ids[1].id)
        self.assertEqual((quote["basis"], quote["basis_value"]), ("budget", 120000))
        self.assertFalse(quote["problem"])
        for part in (str(self.year - 1), "120", "50", "150"):
            self.assertIn(part, quote["sentence"])

    def test_quote_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        grid = self.make_grid(BANDS)
        member = self.make_members(1, budget=120000)
        sentence = grid.with_context(lang="fr_FR").quote(member)[0]["sentence"]
        spaces = dict.fromkeys(map(ord, "\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"), " ")
        self.assertEqual(
            sentence.translate(spaces),
            f"Budget {self.year - 1} de 120 000 € : tranche de 50 000 € à 150 000 €, 150,00 €.",
        )

    def test_missing_figure_is_a_reason_and_zero_is_a_figure(self):
        grid = self.make_grid(BANDS)
        silent, zero = self.make_members(1), self.make_members(1, budget=0, name="Zero")
        quotes = grid.quote(silent | zero)
        self.assertEqual([quote["member_id"] for quote in quotes], [silent.id, zero.id])
        self.assertIs(quotes[0]["amount"], False)
        self.assertIn(str(self.year - 1), quotes[0]["problem"])
        self.assertEqual(quotes[1]["amount"], 50)

    def test_figures_of_another_year_are_not_used(self):
        grid = self.make_grid(BANDS)
        member = self.make_members(1, budget=10)
        member.partner_id.annual_figures_ids.year = self.year - 2
        self.assertTrue(grid.quote(member)[0]["problem"])

    def test_number_of_queries_does_not_grow(self):
        grid = self.make_grid(BANDS)
        few = self.make_members(3, budget=60000)
        many = self.make_members(60, budget=60000, name="Many")

        def count(members):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.assertEqual({q["amount"] for q in grid.quote(members)}, {150})
            return self.cr.sql_log_count - start

        count(few)
        self.assertEqual(count(few), count(many))

    def test_a_voted_grid_no_longer_changes(self):
        grid = self.make_grid(BANDS)
        rule = grid.rule_ids[0]
        for change in (
            lambda: rule.write({"amount": 1}),
            rule.unlink,
            lambda: grid.write({"rule_ids": [(0, 0, {"amount": 1})]}),
            lambda: rule.copy({"grid_id": grid.id}),
        ):
            with self.assertRaisesRegex(UserError, "voted"):
                change()
        grid.action_reset_to_draft()
        rule.amount = 60
        self.assertFalse(grid.voted_on)

    def test_a_used_grid_is_frozen(self):
        grid = self.make_grid(BANDS)
        self.make_memberships(self.make_members(1, budget=1), grid)
        self.assertEqual(grid.state, "used")
        with self.assertRaisesRegex(UserError, "used"):
            grid.action_reset_to_draft()
        for vals, reason in (
            ({"date_to": f"{self.year}-06-30"}, "has been voted"),
            ({"figures_year": 1}, "has been voted"),
            ({"voted_on": False}, "in use"),
        ):
            with self.assertRaisesRegex(UserError, reason):
                grid.write(vals)
        with self.assertRaisesRegex(UserError, "archive"):
            grid.unlink()

    def test_only_a_voted_grid_gives_memberships(self):
        grid = self.make_grid(BANDS, vote=False)
        members = self.make_members(1, budget=1)
        self.assertEqual(grid.quote(members)[0]["amount"], 50, "a draft can be tried out")
        with self.assertRaisesRegex(UserError, "vote"):
            grid._create_memberships(members)
        grid.rule_ids.unlink()
        with self.assertRaisesRegex(UserError, "no rule"):
            grid.action_vote()

    def test_next_year(self):
        grid = self.make_grid(BANDS)
        copy = grid._duplicate_for_next_year()
        self.assertRecordValues(
            copy,
            [
                {
                    "name": f"Grid {self.year + 1}",
                    "state": "draft",
                    "voted_on": False,
                    "figures_year": self.year,
                    "rule_count": 3,
                }
            ],
        )
        self.assertEqual(str(copy.date_from), f"{self.year + 1}-01-01")
        self.assertEqual(str(copy.date_to), f"{self.year + 1}-12-31")
        self.assertEqual(copy.rule_ids.mapped("basis_below"), [50000, 150000, False])

    def test_bands_that_make_no_sense_are_refused(self):
        grid = self.make_grid(BANDS, vote=False)
        for values in (
            {"basis": "budget", "basis_from": 10, "basis_below": 10},
            {"basis_from": 10},
            {"amount": -1},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(Exception) as caught,
                self.cr.savepoint(),
                self.mute(),
            ):
                self.env["association.fee.rule"].create({"grid_id": grid.id, **values})
                self.env.flush_all()
            self.assertIn("violates check constraint", str(caught.exception))

    def mute(self):
        from odoo.tools import mute_logger

        return mute_logger("odoo.sql_db")

    def test_a_fee_is_told_to_who_may_read_the_file(self):
        grid = self.make_grid(BANDS).with_user(self.users["director"])
        own = self.make_members(2, budget=1000)
        other = self.env["res.company"].create({"name": "Other association"})
        foreign = own[:1].copy({"partner_id": own[0].partner_id.id, "company_id": other.id, "category_id": False})
        with self.assertRaises(AccessError):
            grid.quote((own | foreign).ids)
        own[0].active = False
        self.assertEqual([quote["member_id"] for quote in grid.quote(own.ids)], own.ids, "archived ones too")

    def test_who_may_write_and_vote(self):
        grid = self.make_grid(BANDS, vote=False)
        for role in ("director", "office"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                grid.with_user(self.users[role]).action_vote()
            self.assertEqual(grid.with_user(self.users[role]).rule_count, 3)
        with self.assertRaises(AccessError):
            grid.with_user(self.outsider).quote([])
        grid.with_user(self.users["treasurer"]).action_vote()
        self.assertEqual(grid.state, "voted")


@tagged("post_install", "-at_install")
class TestGridVote(MembershipCommon):
    """A draft is looked at as it is typed; its vote has a date and a meeting."""

    def test_the_check_follows_what_is_typed(self):
        treasurer = self.env["association.fee.grid"].with_user(self.users["treasurer"])
        with Form(treasurer) as form:
            form.name = "Typed"
            with form.rule_ids.new() as rule:
                rule.basis, rule.basis_below, rule.amount = "budget", 50000, 50
            self.assertGreater(form.hole_count, 0, "nobody pays from 50,000")
            with form.rule_ids.new() as rule:
                rule.basis, rule.basis_from, rule.amount = "budget", 50000, 120
            self.assertEqual(form.hole_count, 0)
            with form.rule_ids.new() as rule:
                rule.amount = 10
            self.assertEqual(form.shadowed_count, 1, "the bands leave nothing to a third rule")
            with form.rule_ids.new() as rule:
                rule.amount = 20
            self.assertEqual(form.shadowed_count, 2)
            form.rule_ids.remove(3)
        self.assertEqual(len(form.record.rule_ids), 3)

    def test_the_vote_names_the_holes_then_asks_for_day_and_meeting(self):
        grid = self.make_grid([(None, 50000, 50)], vote=False)
        self.make_grid(BANDS, name="Voted before")
        wizard = self.env["association.grid.vote.wizard"].with_user(self.users["treasurer"])
        with Form(wizard.with_context(active_id=grid.id)) as form:
            self.assertIn("Association, Budget from 50", form.holes)
            self.assertEqual(form.other_grids, "Voted before")
            form.voted_by, form.voted_on = "Assembly", "2025-06-14"
        form.record.action_confirm()
        self.assertEqual((grid.state, grid.voted_by, str(grid.voted_on)), ("voted", "Assembly", "2025-06-14"))
        with self.assertRaisesRegex(UserError, "already been voted"):
            form.record.action_confirm()

    def test_a_vote_without_a_meeting_is_not_recorded(self):
        grid = self.make_grid(BANDS, vote=False)
        form = Form(self.env["association.grid.vote.wizard"].with_context(active_id=grid.id))
        with self.assertRaises(AssertionError):
            form.save()
        self.assertEqual(grid.state, "draft")

    def test_a_draft_says_so_where_a_grid_is_chosen(self):
        grid = self.make_grid(BANDS, vote=False, name="Fees")
        self.assertEqual(grid.display_name, "Fees (Draft)")
        grid.action_vote()
        self.assertEqual(grid.display_name, "Fees")
