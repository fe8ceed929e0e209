"""What needs doing in the membership app: for whom each card is, and what it opens."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ADDON, MembershipCommon


@tagged("post_install", "-at_install")
class TestOverview(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bands = [(None, 100000, 50), (100000, None, 200)]
        cls.env["res.partner.bank"].create(
            {"acc_number": "FR7630006000011234567890189", "partner_id": cls.company.partner_id.id}
        )

    def overview(self, role="manager"):
        user = self.users.get(role) or self.outsider
        self.env.flush_all()
        return self.env["association.overview"].with_user(user).get_overview()

    def cards(self, role="manager"):
        return {card["name"]: card for card in self.overview(role)["cards"]}

    def make_network(self, count=5):
        """Make ``count`` members in each of the situations that the overview shows."""
        grid = self.make_grid(self.bands)
        members = {
            name: self.make_members(count, budget=budget, name=name)
            for name, budget in (
                ("applied", 1000),
                ("admitted", 1000),
                ("overdue", 150000),
                ("paid", 150000),
                ("figureless", None),
            )
        }
        (members["paid"] | members["overdue"]).partner_id.email = "office@example.org"
        self.make_memberships(members["applied"], grid, admit=False)
        self.make_memberships(members["admitted"], grid)
        day = self.today - timedelta(days=40)
        overdue = self.make_memberships(members["overdue"], grid)
        overdue._issue_calls(day, day + timedelta(days=10))
        paid = self.make_memberships(members["paid"], grid)
        self.pay(paid._issue_calls(day, day + timedelta(days=10)))
        return members

    def test_cards_count_what_is_to_be_done(self):
        members = self.make_network()
        members["figureless"][0].category_id = False
        self.make_grid(self.bands, vote=False)
        cards = self.cards()
        expected = {
            "applications": (5, False),
            "to_call": (5, 250.0),
            "overdue": (5, 1000.0),
            "figures": (4, False),
            "no_category": (1, False),
            "no_email": (15, False),
            "grids": (1, False),
        }
        found = {name: (cards[name]["count"], cards[name]["amount"]) for name in expected}
        self.assertEqual(found, expected)
        self.assertEqual(cards["overdue"]["unit"], "calls")
        self.assertEqual(cards["no_category"]["unit"], "member")

    def test_cards_open_the_records_that_they_count(self):
        self.make_network(2)
        for card in self.overview()["cards"]:
            with self.subTest(card=card["name"]):
                model = self.env[self.env.ref(card["action"]).res_model]
                self.assertEqual(model.search_count(card["domain"]), card["count"])

    def test_money_and_letters_that_wait_have_their_cards(self):
        members = self.make_members(2, budget=1000)
        calls = self.make_memberships(members, self.make_grid(self.bands))._issue_calls()
        self.env["association.cheque"].create(
            {"partner_id": members[0].partner_id.id, "amount": 50, "company_id": self.company.id}
        )
        self.pay(calls[1], 70)
        cards = self.cards("treasurer")
        self.assertEqual((cards["cheques"]["count"], cards["cheques"]["amount"]), (1, 50))
        self.assertEqual((cards["surplus"]["count"], cards["surplus"]["amount"]), (1, 20))
        self.assertNotIn("cheques", self.cards("office"))

    def test_a_job_that_fails_is_seen_by_the_administrator_alone(self):
        self.assertNotIn("jobs_failed", self.cards())
        job = self.env.ref(f"{ADDON}.cron_refresh_states")
        job.write({"failure_count": 3, "active": False})
        card = self.cards()["jobs_failed"]
        jobs = self.env["ir.cron"].with_user(self.users["manager"]).search(card["domain"])
        self.assertEqual((card["count"], jobs.mapped("cron_name")), (1, [job.cron_name]))
        self.assertNotIn("jobs_failed", self.cards("treasurer"))
        with self.assertRaises(AccessError):
            job.with_user(self.users["manager"]).write({"active": True})

    def test_what_is_done_is_not_shown(self):
        grid = self.make_grid(self.bands)
        members = self.make_members(1, budget=1000)
        members.partner_id.email = "office@example.org"
        memberships = self.make_memberships(
            members, grid, date_from=self.today, date_to=self.today + timedelta(days=200)
        )
        self.pay(memberships._issue_calls())
        self.assertEqual(self.cards(), {})

    def test_ending_and_lapsed_members(self):
        grid = self.make_grid(self.bands)
        ending, renewed, leaving, lapsed, long_ago = self.make_members(5, budget=1000)
        soon = self.today + timedelta(days=30)
        running = {"date_from": self.today - timedelta(days=300), "date_to": soon}
        self.make_memberships(ending | renewed | leaving, grid, **running)
        following = soon + timedelta(days=1)
        self.make_memberships(renewed, grid, date_from=following, date_to=following + timedelta(days=364))
        leaving.write({"left_on": soon, "end_reason": "resigned"})
        for member, days in ((lapsed, 30), (long_ago, 500)):
            end = self.today - timedelta(days=days)
            self.make_memberships(member, grid, date_from=end - timedelta(days=300), date_to=end)
        cards = self.cards()
        members = self.env["association.member"]
        self.assertEqual(members.search(cards["ending"]["domain"]), ending)
        self.assertEqual(members.search(cards["lapsed"]["domain"]), lapsed)

    def test_figures_follow_the_rules_of_the_grid(self):
        """A category with a fixed fee needs no figure; another figure does not replace the right one."""
        individual = self.env.ref(f"{ADDON}.category_individual")
        self.make_grid(
            [],
            vote=False,
            rule_ids=[
                Command.create({"category_ids": individual.ids, "amount": 10, "sequence": 1}),
                Command.create(
                    {
                        "basis": "inhabitants",
                        "basis_from": 0,
                        "category_ids": self.authority.ids,
                        "amount": 5,
                    }
                ),
                Command.create({"basis": "budget", "basis_from": 0, "amount": 20, "sequence": 30}),
            ],
        ).action_vote()
        self.make_members(2, category=individual)
        town = self.make_members(1, category=self.authority, budget=5000)
        organisation = self.make_members(1)
        domain = self.cards()["figures"]["domain"]
        self.assertEqual(self.env["association.member"].search(domain), town | organisation)
        figures = self.env["association.annual.figures"]
        figures.create({"partner_id": organisation.partner_id.id, "budget": 0})
        self.assertEqual(self.env["association.member"].search(domain), town, "0 is known")

    def test_picture(self):
        self.make_network()
        overview = self.overview()
        states = {state["name"]: state["count"] for state in overview["states"]}
        self.assertEqual(states, {"none": 5, "applicant": 5, "unpaid": 10, "member": 5})
        fees = overview["fees"]
        amounts = [fees[name] for name in ("called", "collected", "open", "to_call")]
        self.assertEqual(amounts, [2000.0, 1000.0, 1000.0, 250.0])
        self.assertEqual(overview["currency_id"], self.company.currency_id.id)

    def test_another_association_counts_for_nothing(self):
        self.make_network(1)
        other = self.env["res.company"].create({"name": "Other association"})
        self.env.user.company_ids |= other
        overview = self.env["association.overview"].with_company(other).get_overview()
        self.assertEqual((overview["cards"], overview["states"]), ([], []))

    def test_query_count_does_not_grow(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["association.overview"].with_user(self.users["treasurer"]).get_overview()
            return self.env.cr.sql_log_count - before

        self.make_network(5)
        queries()  # fills the caches of access rights
        few = queries()
        self.make_members(45, name="without figures")
        grid = self.env["association.fee.grid"].search([], limit=1)
        self.make_memberships(self.make_members(45, budget=10), grid)
        queries()
        self.assertEqual(queries(), few)
        self.assertLess(few, 48)

    # ---- who sees what ----

    def test_outsider_is_refused(self):
        with self.assertRaises(AccessError):
            self.overview("outsider")

    def test_office_sees_no_card_of_the_treasurer(self):
        self.make_network(1)
        self.make_grid(self.bands, vote=False)
        treasurer, office = set(self.cards("treasurer")), set(self.cards("office"))
        self.assertEqual(treasurer - office, {"to_call", "overdue", "grids"})
        self.assertLessEqual({"applications", "figures", "no_email"}, office)

    def test_director_sees_everything_and_changes_nothing(self):
        self.make_network(1)
        self.assertEqual(set(self.cards("director")), set(self.cards("treasurer")))

    def test_steps_to_start(self):
        steps = self.overview("treasurer")["steps"]
        self.assertEqual([step["done"] for step in steps], [True] + [False] * 3)
        self.assertTrue(all(step["button"] for step in steps))
        self.assertFalse(any(step["button"] for step in self.overview("director")["steps"]))
        office = [bool(step["button"]) for step in self.overview("office")["steps"]]
        self.assertEqual(office, [False, True, False, True])
        grid, members = self.make_grid(self.bands), self.make_members(1, budget=10)
        steps = self.overview("treasurer")["steps"]
        self.assertEqual([step["done"] for step in steps], [True, True, True, False])
        self.make_memberships(members, grid)
        self.assertEqual(self.overview("treasurer")["steps"], [])
