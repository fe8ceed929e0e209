from datetime import date, timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ADDON, GovernanceCommon


@tagged("post_install", "-at_install")
class TestBodyHistory(GovernanceCommon):
    """Last year's scheme can be seen as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2024-01-10"):
            cls.body = cls.make_body((4, 2), date_from=date(2020, 1, 1))

    def test_a_change_keeps_what_was(self):
        planning = self.env.ref(f"{ADDON}.function_planning")
        with freeze_time("2025-03-01"):
            self.body.write({"name": "Council", "function_ids": [Command.link(planning.id)], "proxies": 2})
        version = self.body.version_ids
        self.assertRecordValues(
            version,
            [{"name": "Board", "date_from": date(2020, 1, 1), "date_to": date(2025, 2, 28), "proxies": False}],
        )
        self.assertEqual(version.function_ids, self.decision)
        self.assertEqual(version.composition_text, "4 Associations, 2 Local authorities")
        self.assertEqual(self.body.in_force_since, date(2025, 3, 1))
        for day, name in ((date(2025, 2, 28), "Board"), (date(2025, 3, 1), "Council")):
            self.assertEqual(self.body._rules_at(day)[self.body].name, name)

    def test_a_change_of_composition_counts_once_whoever_writes_it(self):
        line = self.body.composition_ids[0]
        with freeze_time("2025-03-01"):
            self.body.write({"composition_ids": [Command.update(line.id, {"seats": 5})]})
        with freeze_time("2025-06-01"):
            line.write({"seats": 6})
            line.unlink()
        self.assertEqual(
            self.body.version_ids.sorted("date_to").mapped("composition_text"),
            ["4 Associations, 2 Local authorities", "5 Associations, 2 Local authorities"],
        )

    def test_what_changes_nothing_keeps_nothing(self):
        with freeze_time("2025-03-01"):
            self.body.write({"name": "Board", "note": "Article 12"})
            self.assertFalse(self.body.version_ids)
            self.body.name = "Council"
            self.body.name = "Grand council"
        self.assertEqual(self.body.version_ids.mapped("name"), ["Board"], "corrected on the same day: one change")

    def test_a_change_may_be_dated(self):
        with freeze_time("2025-03-01"):
            self.body.write({"name": "Council", "in_force_since": "2025-01-01"})
        self.assertEqual(self.body.version_ids.date_to, date(2024, 12, 31))
        with freeze_time("2025-03-01"), self.refused(ValidationError, "have already changed on 01.01.2025"):
            self.body.write({"name": "Other", "in_force_since": "2024-06-01"})

    def test_the_scheme_on_a_day(self):
        people = self.make_people(3)
        with freeze_time("2025-03-01"):
            committee = self.make_body((1,), name="Committee", parent_id=self.body.id, date_from=date(2025, 2, 1))
            mandates = self.seat(self.body.seat_ids[:2], people[:2], first=date(2024, 6, 1))
            self.env["governance.office"].create({"mandate_id": mandates[1].id, "date_from": "2025-02-01"})
            self.body.name = "Council"
        scheme = self.env["governance.scheme"].with_user(self.users["director"])
        expected = {
            date(2024, 5, 31): [("Board", 6, 0, False)],
            date(2024, 6, 1): [("Board", 6, 2, False)],
            date(2025, 2, 1): [("Board", 6, 2, False), ("Committee", 1, 0, "Board")],
            date(2025, 3, 1): [("Council", 6, 2, False), ("Committee", 1, 0, "Council")],
        }
        for day, lines in expected.items():
            with self.subTest(day=day):
                action = scheme.create({"day": day}).action_show()
                found = self.env["governance.scheme.line"].search(action["domain"])
                self.assertEqual(
                    [(line.name, line.seat_count, line.held_count, line.parent_id.name) for line in found], lines
                )
        self.assertEqual(found[0].holder_names, "Person 1\nPerson 2, President")
        committee.date_to = date(2025, 12, 31)
        action = scheme.create({"day": date(2026, 1, 1)}).action_show()
        self.assertEqual(self.env["governance.scheme.line"].search_count(action["domain"]), 1)

    def test_the_matrix_shows_gaps_and_duplicates(self):
        planning, facilitation = (self.env.ref(f"{ADDON}.function_{name}") for name in ("planning", "facilitation"))
        self.make_body((), name="Bureau", kind="bureau", function_ids=[Command.set((self.decision | planning).ids)])
        self.make_body((), name="Local", level="local", function_ids=[Command.set(facilitation.ids)])
        matrix = self.env["governance.matrix"].with_user(self.users["director"]).get_matrix()
        self.assertEqual(
            [(row["name"], len(row["functions"])) for row in matrix["rows"]],
            [("Board", 1), ("Bureau", 2), ("Local", 1)],
        )
        self.assertEqual(
            matrix["gaps"],
            [
                {"place": "Regional", "functions": "Facilitation, Implementation"},
                {"place": "Local", "functions": "Decision, Planning, Implementation"},
            ],
        )
        self.assertEqual([(d["function"], d["bodies"]) for d in matrix["duplicates"]], [("Decision", "Board, Bureau")])
        with self.refused(UserError, "is no day"):
            self.env["governance.matrix"].get_matrix("31/12/2025")
        with self.assertRaises(AccessError):
            self.env["governance.matrix"].with_user(self.outsider).get_matrix()

    def test_composition_is_checked(self):
        with self.refused(ValidationError, "a college stands twice"):
            self.body.composition_ids = [Command.create({"college_id": self.colleges[0].id, "seats": 1})]


@tagged("post_install", "-at_install")
class TestThirds(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.make_body((12,), renewal="thirds", term_months=36)
        cls.mandates = cls.seat(cls.body.seat_ids, cls.make_people(12), first=date(2026, 1, 1))
        cls.draw = (
            cls.env["governance.draw"]
            .with_user(cls.users["secretary"])
            .create({"body_id": cls.body.id, "drawn_on": "2026-01-15"})
        )

    def test_a_draw_gives_terms_by_thirds_and_can_be_checked(self):
        with self.refused(UserError, "Draw the lots first"):
            self.draw.action_record()
        self.draw.action_draw()
        self.assertEqual(sorted(self.draw.line_ids.mapped("third")), [1] * 4 + [2] * 4 + [3] * 4)
        self.assertEqual({line.seat_id.id: line.third for line in self.draw.line_ids}, self.draw._redraw())
        self.assertEqual(set(self.mandates.mapped("term_date")), {date(2028, 12, 31)}, "not before it is recorded")
        self.draw.action_record()
        terms = {1: date(2026, 12, 31), 2: date(2027, 12, 31), 3: date(2028, 12, 31)}
        for line in self.draw.line_ids:
            self.assertEqual(line.mandate_id.term_date, terms[line.third])
            self.assertEqual(line.seat_id.third, line.third)
            self.assertEqual(line.former_term, date(2028, 12, 31))

    def test_lots_drawn_by_hand(self):
        self.draw.action_draw()
        line = self.draw.line_ids.filtered(lambda line: line.third != 1)[0]
        line.third = 1
        self.draw.action_record()
        self.assertEqual(line.mandate_id.term_date, date(2026, 12, 31))

    def test_a_recorded_draw_is_frozen(self):
        self.draw.action_draw()
        self.draw.action_record()
        for act in (
            self.draw.action_draw,
            self.draw.action_record,
            self.draw.unlink,
            self.draw.line_ids.unlink,
            lambda: self.draw.write({"seed": "x"}),
            lambda: self.draw.write({"line_ids": [Command.clear()]}),
            lambda: self.draw.line_ids[0].write({"third": 2}),
            lambda: self.env["governance.draw.line"].create(
                {
                    "draw_id": self.draw.id,
                    "mandate_id": self.mandates[0].id,
                    "seat_id": self.body.seat_ids[0].id,
                    "third": 1,
                }
            ),
        ):
            with self.refused(UserError, "cannot change any more"):
                act()

    def test_a_draw_needs_holders(self):
        body = self.make_body((2,), name="Small", renewal="thirds")
        draw = self.env["governance.draw"].create({"body_id": body.id})
        with self.refused(UserError, "Three at least"):
            draw.action_draw()


@tagged("post_install", "-at_install")
class TestDeclaration(GovernanceCommon):
    """A change of officers opens a task of three months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(user=cls.users["secretary"])
        cls.board = cls.make_body((3,), declared=True, user_id=cls.env.uid)
        cls.people = cls.make_people(4)

    def declarations(self):
        return self.env["governance.declaration"].search([("company_id", "=", self.company.id)], order="changed_on")

    def test_one_task_for_what_changes_together(self):
        with freeze_time("2026-02-01"):
            mandates = self.seat(self.board.seat_ids[:2], self.people[:2], first=date(2026, 1, 31))
            self.env["governance.office"].create({"mandate_id": mandates[0].id, "date_from": "2026-02-01"})
        declaration = self.declarations()
        self.assertEqual((declaration.changed_on, declaration.deadline), (date(2026, 1, 31), date(2026, 4, 30)))
        self.assertEqual(len(declaration.line_ids), 3)
        activity = declaration.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.env.user, date(2026, 4, 30)))
        with freeze_time("2026-05-01"):
            self.env.invalidate_all()
            self.assertTrue(declaration.is_late)
            self.assertEqual(self.env["governance.declaration"].search([("is_late", "=", True)]), declaration)

    def test_the_task_ends_with_the_receipt(self):
        with freeze_time("2026-02-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2026, 2, 1))
            declaration = self.declarations()
            declaration.action_declare()
            self.assertEqual((declaration.state, declaration.declared_on), ("declared", date(2026, 2, 1)))
            self.assertTrue(declaration.activity_ids)
            declaration.write({"receipt": "UEs=", "receipt_name": "receipt.pdf"})
        self.assertEqual(declaration.state, "done")
        self.assertFalse(declaration.activity_ids)
        with self.refused(UserError, "part of the history"):
            declaration.unlink()
        with freeze_time("2026-02-20"):
            self.seat(self.board.seat_ids[1:2], self.people[1:2], first=date(2026, 2, 20))
        self.assertEqual(len(self.declarations()), 2, "what comes after a declaration is declared again")

    def test_no_change_where_somebody_is_elected_again(self):
        with freeze_time("2026-03-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2024, 1, 1), term_date=date(2026, 1, 31))
            self.seat(self.board.seat_ids[1:2], self.people[:1], first=date(2026, 2, 1))
        changes = [(line.event, line.day) for line in self.declarations().line_ids]
        self.assertEqual(changes, [("enters", date(2024, 1, 1))])

    def test_a_correction_undoes_what_is_not_declared(self):
        with freeze_time("2026-02-01"):
            mandate = self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2026, 1, 1))
            mandate.date_from = date(2026, 1, 20)
            self.assertEqual(self.declarations().changed_on, date(2026, 1, 20))
            mandate.unlink()
        self.assertFalse(self.declarations())

    def test_what_time_ends_is_found_at_night(self):
        with freeze_time("2026-02-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2023, 1, 1), term_date=date(2026, 2, 10))
            self.assertFalse(self.declarations(), "2023 is before the changes are followed")
        with freeze_time("2026-02-11"):
            self.env["governance.body"].sudo()._cron_remind()
            self.env["governance.body"].sudo()._cron_remind()
        declaration = self.declarations()
        self.assertEqual([(line.event, line.day) for line in declaration.line_ids], [("leaves", date(2026, 2, 10))])
        self.assertEqual(len(declaration.activity_ids), 1)

    def test_other_bodies_are_not_declared(self):
        group = self.make_body((1,), name="Working group", kind="working_group")
        self.seat(group.seat_ids, self.people[:1])
        self.assertFalse(self.declarations())

    def test_declared_before_it_changed(self):
        with freeze_time("2026-02-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2026, 2, 1))
            with self.refused(UserError, r"cannot have been declared on [0-9/]{10}\."):
                self.declarations().declared_on = date(2026, 1, 31)


@tagged("post_install", "-at_install")
class TestReminder(GovernanceCommon):
    def test_each_term_and_each_vacancy_once(self):
        body = self.make_body((3,), user_id=self.users["secretary"].id)
        self.seat(body.seat_ids[:2], self.make_people(2), first=date(2024, 1, 1), term_date=date(2026, 6, 30))
        run = self.env["governance.body"]._cron_remind
        with freeze_time("2026-03-29"):
            run()
        self.assertEqual(body.activity_ids.mapped("summary"), ["Vacant seats to fill: 1"])
        [mail] = self.mails()
        self.assertIn("Vacant seats to fill: 1", mail.body_html)
        self.assertIn(body.name, mail.body_html)
        with freeze_time("2026-03-30"):
            run()
            run()
        self.assertRecordValues(
            body.activity_ids.sorted("date_deadline"),
            [{"date_deadline": date(2026, 3, 29)}, {"date_deadline": date(2026, 6, 30)}],
        )
        self.assertIn("mandates to renew: 2", body.activity_ids.sorted("date_deadline")[1].summary)
        self.assertEqual(body.activity_ids.user_id, self.users["secretary"])
        with freeze_time("2026-07-01"):
            run()
            run()
        self.assertEqual(len(body.activity_ids), 3, "both seats are vacant now")
        self.assertEqual(len(self.mails()), 3, "one mail for each night that tells something")

    def mails(self):
        """Return the mails to the secretary, sent or to be sent."""
        return self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.users["secretary"].partner_id.ids)])

    def test_who_is_reminded_where_nobody_follows(self):
        self.assertEqual(self.company._get_governance_user(), self.users["secretary"])
        body = self.make_body((1,), user_id=False)
        self.env["governance.body"]._cron_remind()
        self.assertEqual(body.activity_ids.user_id, self.users["secretary"])
        self.assertLessEqual(body.activity_ids.date_deadline, self.today + timedelta(days=1))
