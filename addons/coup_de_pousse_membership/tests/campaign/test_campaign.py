"""A campaign is prepared: from last year's, previewed, corrected, fixed."""

from dateutil.relativedelta import relativedelta
from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from ..common import ADDON
from .campaign_common import BANDS, CampaignCase


@tagged("post_install", "-at_install")
class TestCampaign(CampaignCase):
    def assert_problem(self, campaign, member, problem, words=""):
        line = self.line(campaign, member)
        self.assertEqual((line.state, line.problem), ("refused", problem), line.reason)
        self.assertIn(words, line.reason)

    def preview_of(self, member, **values):
        return self.line(self.make_campaign(**values), member)

    def test_a_first_campaign_takes_the_grid_in_force(self):
        campaign = self.env["association.campaign"].with_company(self.company).create({})
        self.assertEqual((campaign.grid_id, campaign.name), (self.grid, f"Campaign {self.year}"))
        self.assertEqual(str(campaign.date_from), f"{self.year}-01-01")

    def test_the_name_follows_the_grid_until_saved(self):
        with Form(self.env["association.campaign"].with_user(self.users["treasurer"])) as form:
            self.assertEqual(form.name, f"Campaign {self.year}")
            form.grid_id = self.last_grid
            self.assertEqual(form.name, f"Campaign {self.year - 1}")
        campaign = form.record
        campaign.write({"name": "Late comers", "grid_id": self.grid.id})
        self.assertEqual(campaign.name, "Late comers")

    def test_next_year_s_in_one_click(self):
        campaign = self.make_campaign(
            invoice_date=f"{self.year}-01-15", due_date=f"{self.year}-02-28", lapsed_months=6,
            category_ids=[fields.Command.set(self.category.ids)],
        )  # fmt: skip
        with self.assertRaisesRegex(UserError, "no fee grid for the period after"):
            campaign.action_next_year()
        following = self.grid._duplicate_for_next_year()
        action = campaign.action_next_year()
        made = self.env["association.campaign"].browse(action["res_id"])
        self.assertRecordValues(
            made,
            [{
                "previous_id": campaign.id, "grid_id": following.id, "state": "draft", "lapsed_months": 6,
                "invoice_date": campaign.invoice_date + relativedelta(years=1),
                "due_date": campaign.due_date + relativedelta(years=1),
                "name": f"Campaign {self.year + 1}", "category_ids": self.category.ids, "line_ids": [],
            }],
        )  # fmt: skip
        self.assertEqual(campaign.action_next_year()["res_id"], made.id, "pressed twice, made once")

    def test_preview_says_how_much_and_why(self):
        campaign = self.make_campaign()
        line = self.line(campaign, self.members[0])
        self.assertRecordValues(
            line,
            [{
                "state": "ready", "amount": 50, "quoted_amount": 50, "entry_fee": 0, "previous_amount": 40,
                "difference": 10, "rule_id": self.grid.rule_ids[0].id, "problem": False,
                "payer_id": self.members[0].partner_id.id, "category_id": self.category.id,
            }],
        )  # fmt: skip
        self.assertIn("50", line.quote_sentence)
        self.assertEqual(self.states(campaign), ["ready"] * 6)
        self.assertEqual((campaign.ready_count, campaign.ready_amount), (6, 300))

    def test_who_is_concerned(self):
        lapsed = self.make_members(1, budget=1, name="Lapsed")
        older = self.make_grid([(None, None, 1)], date_from=f"{self.year - 2}-01-01", figures_year=self.year - 1)
        self.make_memberships(lapsed, older)
        new = self.make_members(1, budget=1, name="New")
        applicant = self.make_members(1, budget=1, name="Applicant")
        self.make_memberships(applicant, self.grid, admit=False)
        for settings, expected in (
            ({}, new),
            ({"include_new": False}, new.browse()),
            ({"lapsed_months": 13}, new | lapsed),
            ({"include_applicants": True}, new | applicant),
            ({"lapsed_months": 0}, new),
        ):
            campaign = self.make_campaign(**settings)
            self.assertEqual(campaign.line_ids.member_id, self.members | expected, settings)
        campaign = self.make_campaign(category_ids=self.authority.ids)
        self.assertFalse(campaign.line_ids)

    def test_territories_and_colleges(self):
        region = self.env["association.territory"].search([("child_ids", "!=", False)], limit=1)
        self.members[0].partner_id.territory_id = region.child_ids[0]
        college = self.env["association.college"].create({"name": "C"})
        self.members[1].college_id = college
        self.assertEqual(self.make_campaign(territory_ids=region.ids).line_ids.member_id, self.members[0])
        self.assertEqual(self.make_campaign(college_ids=college.ids).line_ids.member_id, self.members[1])

    def make_uncallable(self, *names):
        """Return {name: a member that cannot be called, for the reason of that name}."""
        members = dict(zip(names, self.make_renewing(len(names)), strict=True))
        self.env.flush_all()
        members["figure"].partner_id.annual_figures_ids.unlink()
        members["category"].category_id = False
        members["address"].partner_id.email = False
        members["left"]._record_departure(self.today - relativedelta(days=1), "resigned")
        members["leaving"]._record_departure(fields.Date.to_date(f"{self.year - 1}-12-31"), "dissolved")
        self.make_memberships(members["draft"], self.grid)._issue_calls().button_draft()
        self.make_memberships(members["applied"], self.grid).write({"admission": "applied"})
        self.make_memberships(members["free"], self.grid).write({"amount": 0})
        members["file"].active = False
        return members

    def test_who_cannot_be_called_and_why(self):
        members = self.make_uncallable(
            "figure", "category", "address", "left", "leaving", "called", "draft", "other", "applied", "free", "file"
        )
        call = self.make_memberships(members["called"], self.grid)._issue_calls()
        other = self.make_campaign(preview=False)
        self.make_memberships(members["other"], self.grid).sudo().campaign_id = other
        never = self.make_members(1, budget=1, name="Never")
        long = self.make_members(1, budget=1, name="Long")
        self.make_memberships(long, self.last_grid, date_from=f"{self.year - 1}-06-01", date_to=f"{self.year}-05-31")
        campaign = self.make_campaign()
        for name, problem, words in (
            ("figure", "figure_missing", f"{self.year - 1}"), ("category", "category_missing", "choose one"),
            ("address", "no_address", "Neither"), ("left", "left", "Resigned"), ("leaving", "left", "Dissolved"),
            ("called", "already_called", call.name), ("draft", "draft_call", "post it, or delete it"),
            ("other", "other_campaign", other.name), ("applied", "not_admitted", "not decided"),
            ("free", "already_called", "free"), ("file", "archived", "archived"),
        ):  # fmt: skip
            self.assert_problem(campaign, members[name], problem, words)
        self.assert_problem(campaign, never, "not_admitted", "Never admitted")
        self.assert_problem(campaign, long, "running", "nothing is owed before")
        self.assertEqual(self.line(campaign, members["called"]).move_id, call)
        self.assertEqual((campaign.refused_count, campaign.known_count), (len(members) - 1, 3))
        self.assertEqual(campaign.ready_count, 6, "the others are not held up")

    def test_on_file_since_a_day_is_a_member(self):
        imported = self.make_members(1, budget=1)
        imported.since = f"{self.year - 5}-03-01"
        imported.partner_id.write({"street": "1 rue", "city": "Nantes"})
        self.assertEqual(self.preview_of(imported).state, "ready")

    def test_a_membership_that_waits_for_its_call_decides(self):
        membership = self.make_memberships(self.members[0], self.grid)
        membership.amount = 33
        line = self.preview_of(self.members[0])
        self.assertEqual((line.state, line.amount, line.known_membership_id), ("ready", 33, membership))

    def test_the_head_office_pays_again(self):
        head = self.env["res.partner"].create({"name": "Head", "is_company": True, "email": "h@example.org"})
        self.members[0].membership_ids.payer_id = head
        self.assertEqual(self.preview_of(self.members[0]).payer_id, head)

    def test_each_problem_has_what_mends_it(self):
        lacking = {
            "figure_missing": ({"figure": 150000}, 200),
            "category_missing": ({"category_id": self.category.id}, 50),
            "no_address": ({"email": "new@example.org"}, 50),
        }
        members = dict(zip(lacking, self.make_renewing(len(lacking)), strict=True))
        members["figure_missing"].partner_id.annual_figures_ids.unlink()
        members["category_missing"].category_id = False
        members["no_address"].partner_id.email = False
        campaign = self.make_campaign()
        for problem, (values, amount) in lacking.items():
            line = self.line(campaign, members[problem])
            action = line.action_mend()
            wizard = self.env[action["res_model"]].with_env(line.env).with_context(**action["context"])
            self.assertEqual(line.problem, problem)
            with self.assertRaisesRegex(UserError, "Nothing is entered"):
                wizard.create({}).action_confirm()
            wizard.create(values).action_confirm()
            self.assertEqual((line.state, line.amount), ("ready", amount), problem)

    def test_what_is_mended_after_the_launch_is_kept(self):
        member = self.make_renewing(1)
        member.partner_id.annual_figures_ids.unlink()
        campaign = self.make_campaign()
        self.launch(campaign)
        action = self.line(campaign, member).action_mend()
        wizard = self.env[action["res_model"]].with_env(campaign.env).with_context(**action["context"])
        action = wizard.create({"figure": 150000}).action_confirm()
        self.assertEqual((action["res_model"], action["res_id"]), ("association.member", member.id))
        self.assertEqual(member.partner_id.annual_figures_ids.budget, 150000)
        self.assertEqual(self.line(campaign, member).problem, "figure_missing", "who is called no longer changes")

    def test_one_category_for_many(self):
        members = self.make_renewing(3)
        members.category_id = False
        campaign = self.make_campaign()
        with self.assertRaisesRegex(UserError, "have a category"):
            self.line(campaign, self.members[0]).action_give_category()
        action = campaign.line_ids.filtered(lambda line: line.member_id != members[2]).action_give_category()
        wizard = self.env[action["res_model"]].with_env(campaign.env).with_context(**action["context"])
        wizard.create({"category_id": self.category.id}).action_confirm()
        self.assertEqual(members.mapped("category_id"), self.category)
        self.assertFalse(members[2].category_id, "not selected")
        states = campaign.line_ids.filtered(lambda line: line.member_id in members).mapped("state")
        self.assertEqual(sorted(states), ["ready", "ready", "refused"])

    def test_explanation(self):
        member = self.make_renewing(1)
        member.category_id = False
        campaign = self.make_campaign()
        self.assertEqual(self.line(campaign, member).explanation, self.line(campaign, member).reason)
        ready = self.line(campaign, self.members[0])
        self.assertEqual(ready.explanation, ready.quote_sentence)

    def test_figures_are_asked_for(self):
        self.members[:2].partner_id.annual_figures_ids.unlink()
        campaign = self.make_campaign()
        action = campaign.line_ids.action_ask_figures()
        self.assertEqual(action["context"]["default_res_ids"], self.members[:2].ids)
        self.assertEqual(action["context"]["association_figures_year"], self.year - 1)
        with self.assertRaisesRegex(UserError, "None of the recipients"):
            self.line(campaign, self.members[3]).action_ask_figures()

    def test_a_figure_of_the_year_is_completed(self):
        figures = self.members[0].partner_id.annual_figures_ids
        figures.write({"budget": False, "employees": 3})
        line = self.preview_of(self.members[0])
        wizard = self.env["association.campaign.mend.wizard"].with_env(line.env)
        wizard.create({"line_id": line.id, "figure": 0}).action_confirm()
        self.assertEqual((line.state, line.amount), ("ready", 50), "0 is a figure")
        self.assertEqual(self.members[0].partner_id.annual_figures_ids, figures)

    def test_what_the_others_open(self):
        members = dict(zip(("left", "called", "applied"), self.members, strict=False))
        members["left"]._record_departure(self.today - relativedelta(days=1), "resigned")
        call = self.make_memberships(members["called"], self.grid)._issue_calls()
        applied = self.make_memberships(members["applied"], self.grid)
        applied.write({"admission": "applied"})
        campaign = self.make_campaign()
        for name, record in (("left", members["left"]), ("called", call), ("applied", applied)):
            action = self.line(campaign, members[name]).action_mend()
            self.assertEqual((action["res_model"], action["res_id"]), (record._name, record.id))

    # ---- corrections ----

    def test_another_fee_needs_its_reason(self):
        line = self.preview_of(self.members[0])
        for values in ({"amount": 10}, {"amount": 10, "adjust_reason": "  "}):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                line.write(values)
                self.env.flush_all()
        self.env.invalidate_all()
        line.write({"amount": 10, "adjust_reason": "Board of May"})
        self.assertEqual((line.amount, line.difference, line.total), (10, -30, 10))
        line.action_grid_fee()
        self.assertEqual((line.amount, line.adjust_reason), (50, False))

    def test_corrections_and_exclusions_outlive_the_next_preview(self):
        campaign = self.make_campaign()
        corrected, excluded, refused, deleted = (self.line(campaign, member) for member in self.members[:4])
        corrected.write({"amount": 10, "adjust_reason": "Agreed"})
        excluded._leave_out("Waived")
        head = self.env["res.partner"].create({"name": "Head", "email": "h@example.org"})
        refused.write({"amount": 20, "adjust_reason": "Agreed too", "payer_id": head.id})
        refused.member_id.category_id = False
        deleted.member_id.membership_ids.unlink()
        deleted.member_id.sudo().unlink()
        for member in self.members[:2] | self.members[4]:
            member.partner_id.annual_figures_ids.budget = 150000
        late = self.make_renewing(1)
        campaign.action_preview()
        self.assertRecordValues(
            corrected | excluded | refused,
            [
                {"state": "ready", "amount": 10, "quoted_amount": 200},
                {"state": "excluded", "amount": 200, "quoted_amount": 200},
                {"state": "refused", "amount": 20, "quoted_amount": 0},
            ],
        )
        self.assertEqual(self.line(campaign, self.members[4]).amount, 200)
        self.assertFalse(deleted.exists())
        self.assertEqual(self.line(campaign, late).state, "ready")
        refused.member_id.category_id = self.category
        refused.action_preview_again()
        self.assertEqual((refused.state, refused.amount, refused.payer_id), ("ready", 20, head))

    def test_left_out_with_a_reason_and_called_after_all(self):
        campaign = self.make_campaign()
        line = self.line(campaign, self.members[0])
        action = line.action_leave_out()
        wizard = self.env[action["res_model"]].with_env(line.env).with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.create({"reason": " "}).action_confirm()
        wizard.create({"reason": "Waived"}).action_confirm()
        self.assertEqual((line.state, line.exclude_reason, campaign.excluded_count), ("excluded", "Waived", 1))
        line.action_take_back()
        self.assertEqual((line.state, line.exclude_reason), ("ready", False))
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            line.sudo().write({"state": "excluded"})
            self.env.flush_all()

    def test_one_line_a_member_whoever_writes(self):
        line = self.preview_of(self.members[0])
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            line.sudo().copy({"campaign_id": line.campaign_id.id, "member_id": line.member_id.id})
            self.env.flush_all()

    def test_previewing_is_bounded(self):
        def queries(count):
            self.make_renewing(count)
            # As many who are called by hand already.
            called = self.make_memberships(self.make_renewing(count), self.grid)
            called._issue_calls(self.today, self.today)
            campaign = self.make_campaign(preview=False)
            counts = []
            for _again in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                campaign.action_preview()
                counts.append(self.cr.sql_log_count - before)
            return counts

        few, more = queries(5), queries(60)
        self.assertLessEqual(more[0], few[0] + 5)
        self.assertLessEqual(more[1], few[1] + 5)
        self.assertLess(few[0], 90)

    def test_a_drafted_grid_is_previewed_not_called(self):
        draft = self.make_grid(BANDS, vote=False, date_from=f"{self.year + 1}-01-01", figures_year=self.year - 1)
        self.make_memberships(self.members, self.grid)
        campaign = self.make_campaign(grid_id=draft.id)
        self.assertEqual(campaign.ready_count, 6)
        with self.assertRaisesRegex(UserError, "not in force"):
            campaign.action_launch()
        self.assertEqual(campaign.action_open_grid()["res_id"], draft.id)

    def test_overview_cards(self):
        campaign = self.make_campaign()
        overview = self.env["association.overview"].with_env(campaign.env)

        def cards():
            self.env.flush_all()
            return {card["name"]: (card["count"], card["amount"]) for card in overview.get_overview()["cards"]}

        self.assertEqual(cards()["campaigns_draft"], (1, False))
        self.launch(campaign)
        self.assertEqual(cards()["campaigns_running"], (6, 300))
        self.assertNotIn("campaigns_draft", cards())

    def test_merging_contacts_in_a_preview(self):
        campaign = self.make_campaign()
        kept, merged = self.members[:2]
        merged.membership_ids.unlink()
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((kept | merged).partner_id.ids, kept.partner_id)
        self.env.invalidate_all()
        self.assertEqual(campaign.line_ids.member_id, self.members - merged)
        campaign.action_preview()
        self.assertEqual(campaign.ready_count, 5)

    def test_constraints_are_in_the_database(self):
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'association_campaign_line'::regclass AND contype = 'c'"
        )
        names = {row[0].removeprefix("association_campaign_line_") for row in self.env.cr.fetchall()}
        self.assertLessEqual({"other_fee_explained", "exclusion_explained", "called_with_membership"}, names)
        self.env.cr.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'association_campaign_line'")
        names = {row[0].removeprefix("association_campaign_line_") for row in self.env.cr.fetchall()}
        self.assertLessEqual({"one_line_a_member", "one_line_a_membership"}, names)
        self.assertTrue(self.env.ref(f"{ADDON}.cron_run_campaigns").active)
