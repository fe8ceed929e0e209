"""What needs doing in accompaniment: for whom each card is, and what it opens."""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestOverview(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].search([]).action_archive()

    def overview(self, role="coordinator", mine=None):
        self.env.flush_all()
        return self.env["accompaniment.overview"].with_user(self.users[role]).get_overview(mine)

    def cards(self, role="coordinator", mine=None):
        return {card["name"]: card["count"] for card in self.overview(role, mine)["cards"]}

    def panels(self, role="coordinator", mine=None):
        return {panel["name"]: [bar["value"] for bar in panel["bars"]] for panel in self.overview(role, mine)["panels"]}

    def day(self, days):
        return self.today + timedelta(days=days)

    def make_running(self, user="adviser", **values):
        """Make a mission under way of which nothing is late."""
        values = {"date_from": self.day(-30), "date_to": self.day(60), **values}
        mission = self.make_mission(self.users[user], **values)
        mission.action_start()
        return mission

    def make_lead(self, **values):
        return self.env["crm.lead"].create(
            {"name": "Help", "request_kind": "accompaniment", "company_id": self.company.id, "user_id": False, **values}
        )

    def make_requests(self):
        self.make_lead(answer_due_on=self.day(-1))
        self.make_lead(answer_due_on=self.today, user_id=self.users["adviser"].id)
        self.make_lead(answer_due_on=self.day(9), user_id=self.users["colleague"].id)
        self.make_lead(answer_due_on=self.day(-9), answered_on=self.day(-10))
        oriented = self.make_lead(answer_due_on=self.day(-9))
        oriented._orient(self.region, self.today, "")
        self.make_lead(partner_id=self.lianes.id, scheme_id=self.scheme.id).action_create_mission()

    def make_workshop(self, mission, days, **values):
        start = datetime.combine(self.day(days), datetime.min.time())
        return self.env["accompaniment.workshop"].create(
            {"mission_id": mission.id, "name": "Workshop", "start": start, **values}
        )

    def make_closed(self, months, **values):
        mission = self.make_running(**values)
        mission.date_from, mission.date_to = (self.today - relativedelta(months=m) for m in (months + 3, months))
        mission.action_close()
        mission.sudo().closed_on = mission.date_to
        return mission

    # ---- what needs doing ----

    def test_advisers_land_on_it(self):
        screen = self.env.ref("accompaniment.action_accompaniment_overview")
        for role in ("adviser", "coordinator"):
            self.assertEqual(self.users[role]._get_first_screen(), screen)

    def test_requests(self):
        self.make_requests()
        names = ("answers_late", "requests", "requests_open")
        self.assertEqual([self.cards().get(name) for name in names], [1, 2, 1])
        self.assertEqual([self.cards("adviser").get(name) for name in names], [1, 1, 1])
        self.assertEqual([self.cards("colleague", mine=False).get(name) for name in names], [1, 2, 1])

    def test_missions(self):
        self.make_running()
        overrun, nearly = self.make_running(), self.make_running()
        self.enter_days(overrun.phase_ids[0], 12.5)
        self.enter_days(nearly.phase_ids[0], 11)
        self.make_mission(date_from=self.day(-1), date_to=self.day(9))
        self.make_running(date_to=self.day(-1))
        silent, worked = self.make_running(), self.make_running()
        (silent | worked).phase_ids[0].date_to = self.day(-1)
        self.enter_days(worked.phase_ids[0], 0.5)
        self.make_running(phase_ids=False)
        cards = self.cards()
        expected = {"overrun": 1, "nearly": 1, "to_start": 1, "to_close": 1, "phases": 1, "no_phase": 1}
        self.assertEqual({name: cards.get(name) for name in expected}, expected)

    def test_workshops_surveys_and_actions(self):
        mission = self.make_running()
        past, told = self.make_workshop(mission, -2), self.make_workshop(mission, -3)
        told.attendance_ids = [Command.create({"partner_id": self.region.id, "status": "present"})]
        (past | told).action_hold()
        self.make_workshop(mission, -4)
        self.make_workshop(mission, -5, state="cancelled")
        self.make_workshop(mission, 3)
        self.make_workshop(mission, 40)
        self.env["accompaniment.diagnostic"].create({"mission_id": mission.id, "source": "typed"}).action_open()
        self.env["association.commitment"].create(
            [
                {"name": "Late", "mission_id": mission.id, "deadline": self.day(-1)},
                {"name": "Not yet", "mission_id": mission.id, "deadline": self.today},
                {"name": "Of nobody's mission", "deadline": self.day(-1)},
            ]
        )
        cards = self.cards()
        expected = {"attendance": 2, "workshops": 1, "surveys": 1, "actions": 1}
        self.assertEqual({name: cards.get(name) for name in expected}, expected)

    def make_followed(self):
        mission = self.make_closed(8)
        self.env["accompaniment.effect"].create(
            [{"mission_id": mission.id, "name": name} for name in ("Seen", "Not yet", "Forgotten")]
        )
        review = mission.review_ids.filtered(lambda review: review.months == 6)
        review.action_propose()
        seen, not_yet, _forgotten = review.answer_ids
        seen.write({"answer": "seen", "evidence": "Minutes", "observed_on": self.today})
        not_yet.answer = "not_yet"
        return mission

    def test_what_follows_a_mission(self):
        mission = self.make_followed()
        self.make_closed(3, lessons="<p>Go slowly</p>", satisfaction="4")
        self.make_closed(14)
        cards = self.cards()
        expected = {"reviews": 1, "effects": 1, "case_sheet": 1, "satisfaction": 1}
        self.assertEqual({name: cards.get(name) for name in expected}, expected)
        panels = self.panels()
        self.assertEqual(panels["effects"], [1, 1, 1])
        self.assertEqual(panels["reviews"], [0, 3], "at 6 months twice and at 12 months once")
        review = mission.review_ids.filtered(lambda review: review.months == 6)
        review.answer_ids[2].answer = "not_yet"
        review.action_done()
        self.assertEqual(self.panels()["reviews"], [1, 2])
        self.assertNotIn("effects", self.cards())

    def test_what_is_done_is_not_shown(self):
        self.make_running()
        self.assertEqual(self.cards(), {})
        self.assertEqual(self.overview()["steps"], [])

    # ---- money ----

    def make_invoiced(self):
        mission = self.make_running(
            cofunding_ids=[Command.create({"partner_id": self.region.id, "amount": 9600})],
            milestone_ids=[
                Command.create({"name": "Start", "percent": 70, "planned_on": self.day(-2)}),
                Command.create({"name": "End", "percent": 30, "planned_on": self.day(50)}),
            ],
        )
        self.env["accompaniment.day.cost"].create({"partner_id": self.users["adviser"].partner_id.id, "amount": 6000})
        self.enter_days(mission.phase_ids[0], 2)
        return mission

    def test_money_is_for_who_follows_it_and_margins_for_the_coordinator(self):
        mission = self.make_invoiced()
        self.assertEqual(self.cards(), {"milestones": 1, "margin": 1})
        self.assertEqual(self.cards("director"), {"milestones": 1})
        self.assertEqual(self.cards("adviser"), {})
        self.assertEqual(self.panels("director")["cofunding"], [9600, 0, 0, 9600])
        mission.with_user(self.users["coordinator"]).milestone_ids[0].action_invoice()
        self.assertEqual(self.cards(), {"margin": 1})
        invoice = mission.cofunding_ids.line_ids.move_id.with_user(self.users["coordinator"])
        invoice.write({"invoice_date": self.day(-1), "invoice_payment_term_id": False})
        invoice.invoice_date_due = self.day(-1)
        invoice.action_post()
        self.assertEqual(self.cards("director"), {"unpaid": 1})
        self.assertEqual(self.panels("director")["cofunding"], [9600, 6720, 0, 2880])

    # ---- how the missions stand ----

    def test_pictures(self):
        mission = self.make_running()
        self.make_mission(self.users["colleague"], date_from=self.day(1), date_to=self.day(2))
        self.make_mission(date_from=self.day(-999), date_to=self.day(-900))
        self.make_running().action_cancel()
        self.enter_days(mission.phase_ids[0], 1.5)
        panels = self.panels()
        self.assertEqual(panels["states"], [2, 1, 1])
        year = self.today.year
        count = 1 + (self.day(1).year == year)
        self.assertEqual(panels["schemes"], [count])
        self.assertEqual(panels["days"], [12 * count, 1.5, 12 * count - 1.5])
        self.assertEqual(self.panels("colleague")["states"], [1])

    def test_numbers_open_the_records_that_they_count(self):
        self.make_requests()
        self.make_followed()
        self.make_invoiced()
        mission = self.make_running()
        self.make_workshop(mission, -2)
        overview = self.overview()
        self.assertGreater(len(overview["cards"]), 8)
        for card in overview["cards"]:
            with self.subTest(card=card["name"]):
                model = self.env[self.env.ref(card["action"]).res_model]
                self.assertEqual(model.search_count(card["domain"]), card["count"])
        self.assertEqual(len(overview["panels"]), 6)
        for panel in overview["panels"]:
            for bar in panel["bars"]:
                found = self.env[self.env.ref(bar["action"]).res_model].search(bar["domain"])
                if panel["unit"] == "count":
                    self.assertEqual(len(found), bar["value"])
        days = next(panel for panel in overview["panels"] if panel["name"] == "days")["bars"]
        for bar, field in zip(days, ("days_planned", "days_used", "days_left"), strict=True):
            missions = self.env["accompaniment.mission"].search(bar["domain"])
            self.assertAlmostEqual(sum(missions.mapped(field)), bar["value"])

    def test_query_count_does_not_grow(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["accompaniment.overview"].with_user(self.users["coordinator"]).get_overview()
            return self.env.cr.sql_log_count - before

        mission = self.make_invoiced()
        self.make_requests()
        mission.with_user(self.users["coordinator"]).milestone_ids[0].action_invoice()
        self.make_followed()
        queries()  # fills the caches of access rights
        few = queries()
        for _rank in range(6):
            self.make_workshop(self.make_running(), -2)
            more = self.make_running(cofunding_ids=[Command.create({"partner_id": self.region.id, "amount": 9600})])
            self.enter_days(more.phase_ids[0], 1)
            more.with_user(self.users["coordinator"]).action_invoice()
            self.make_followed()
        queries()
        self.assertEqual(queries(), few)
        self.assertLess(few, 55)

    # ---- who sees what ----

    def test_mine_and_all(self):
        mission = self.make_running(date_to=self.day(-1))
        self.make_running("colleague", date_to=self.day(-1), adviser_ids=False)
        self.assertEqual([self.cards(role).get("to_close") for role in ("adviser", "coordinator")], [1, 2])
        self.assertEqual(self.cards("adviser", mine=False)["to_close"], 2)
        self.assertEqual(self.cards("coordinator", mine=True), {})
        mission.adviser_ids = self.users["colleague"]
        self.assertEqual(self.cards("colleague")["to_close"], 2)
        chooses = {role: self.overview(role)["chooses"] for role in ("adviser", "coordinator", "director")}
        self.assertEqual(chooses, {"adviser": True, "coordinator": True, "director": False})
        self.assertFalse(self.overview("director", mine=True)["mine"])

    def test_an_outsider_is_refused(self):
        with self.assertRaisesRegex(AccessError, "for the advisers, the coordinator and the director"):
            self.overview("outsider")

    def test_another_association_counts_for_nothing(self):
        self.make_followed()
        other = self.env["res.company"].create({"name": "Other network"})
        self.env.user.company_ids |= other
        overview = self.env["accompaniment.overview"].with_company(other).get_overview()
        self.assertEqual((overview["cards"], overview["panels"]), ([], []))

    def test_steps_to_start(self):
        self.scheme.search([]).day_rate = 0
        buttons = {
            role: [bool(step["button"]) for step in self.overview(role)["steps"]]
            for role in ("adviser", "coordinator", "director")
        }
        self.assertEqual(buttons, {"adviser": [False, True, True], "coordinator": [True] * 3, "director": [False] * 3})
        self.assertEqual([step["done"] for step in self.overview()["steps"]], [False] * 3)
        self.scheme.day_rate = 800
        self.make_lead()
        self.assertEqual([step["done"] for step in self.overview()["steps"]], [True, True, False])
        self.make_running()
        self.assertEqual(self.overview()["steps"], [])
