"""Mandates: terms, replacements, what is refused and what is pointed out."""

from datetime import date, timedelta

import psycopg2.errors
from freezegun import freeze_time
from lxml import etree
from odoo import sql_db
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestMandate(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.make_body((2, 1), date_from=date(2020, 1, 1), term_months=36)
        cls.people = cls.make_people(6)
        cls.structures = cls.make_structures(3)

    def test_term_and_rule_at_the_term_come_from_the_body(self):
        self.body.at_term = "stays"
        mandate = self.seat(self.body.seat_ids[0], self.people[0], first=date(2024, 3, 1))
        self.assertEqual((mandate.term_date, mandate.stays, mandate.last_day), (date(2027, 2, 28), True, False))
        self.body.at_term = "ends"
        self.assertFalse(mandate.last_day, "a later rule does not change a mandate already given")
        second = self.seat(self.body.seat_ids[1], self.people[1], first=date(2024, 3, 1))
        self.assertEqual(second.last_day, date(2027, 2, 28))

    def test_a_term_ends_on_the_eve_or_on_the_last_day_of_its_month(self):
        for first, months, expected in (
            (date(2028, 2, 29), 36, date(2031, 2, 28)),
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2026, 5, 31), 1, date(2026, 6, 30)),
            (date(2025, 3, 1), 36, date(2028, 2, 29)),
        ):
            with self.subTest(first=first):
                self.body.term_months = months
                mandate = self.seat(self.body.seat_ids[0], self.people[0], first=first)
                self.assertEqual(mandate.term_date, expected)
                mandate.unlink()

    def test_state_on_the_first_and_last_day(self):
        mandate = self.seat(self.body.seat_ids[0], self.people[0], first=date(2024, 3, 1))
        kept = self.seat(self.body.seat_ids[1], self.people[1], first=date(2024, 3, 1), stays=True)
        cases = [
            ("2024-02-29", "upcoming", "upcoming"),
            ("2024-03-01", "running", "running"),
            ("2027-02-28", "running", "running"),
            ("2027-03-01", "past", "kept"),
        ]
        for day, state, state_kept in cases:
            with self.subTest(day=day), freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual((mandate.state, kept.state), (state, state_kept))
                for record in (mandate, kept):
                    found = self.env["governance.mandate"].search([("state", "=", record.state)])
                    self.assertIn(record, found)
                current = self.env["governance.mandate"].search([("is_current", "=", True)])
                self.assertEqual(mandate in current, state == "running")

    def test_a_replacement_takes_the_term_of_who_leaves(self):
        mandate = self.seat(self.body.seat_ids[0], self.people[0], self.structures[:1])
        wizard = (
            self.env["governance.replacement.wizard"]
            .with_user(self.users["secretary"])
            .create({"mandate_id": mandate.id, "day": "2025-06-01", "partner_id": self.people[1].id})
        )
        self.assertEqual(wizard.organisation_id, self.structures[0], "the structure was elected, not the person")
        wizard.action_confirm()
        follower = self.env["governance.mandate"].search([("replaces_id", "=", mandate.id)])
        self.assertEqual((mandate.last_day, mandate.end_reason), (date(2025, 5, 31), "resigned"))
        self.assertEqual(
            (follower.date_from, follower.term_date, follower.seat_id, follower.designation),
            (date(2025, 6, 1), date(2026, 12, 31), mandate.seat_id, "co_opted"),
        )

    def test_the_substitute_is_proposed_as_replacement(self):
        seat = self.body.seat_ids[0]
        mandate = self.seat(seat, self.people[0])
        self.seat(seat, self.people[1], role="substitute")
        wizard = self.env["governance.replacement.wizard"].create({"mandate_id": mandate.id, "day": "2025-06-01"})
        self.assertEqual(wizard.partner_id, self.people[1])

    def test_a_replacement_outside_the_mandate_is_refused(self):
        mandate = self.seat(self.body.seat_ids[0], self.people[0])
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2027, 1, 1)):
            with self.subTest(day=day), self.refused(UserError, "Choose another day"):
                mandate._replace(day, "resigned", {"partner_id": self.people[1].id})
        self.assertFalse(mandate.ended_on)

    def test_a_successor_ends_who_was_kept_in_place(self):
        seat = self.body.seat_ids[0]
        kept = self.seat(seat, self.people[0], first=date(2020, 1, 1), stays=True)
        self.assertFalse(kept.last_day)
        self.seat(seat, self.people[1], first=date(2023, 6, 1))
        self.assertEqual((kept.last_day, kept.end_reason), (date(2023, 5, 31), "replaced"))

    # ---- what is refused ----

    def test_two_titular_holders_are_refused_by_name(self):
        seat = self.body.seat_ids[0]
        self.seat(seat, self.people[0])
        with self.refused(ValidationError, "held by Person 1 .* Person 2 cannot"):
            self.seat(seat, self.people[1], first=date(2026, 12, 31))
        self.seat(seat, self.people[2], role="substitute")
        self.seat(seat, self.people[1], first=date(2027, 1, 1))

    def test_a_change_is_refused_by_name(self):
        """What contradicts another mandate, or its own days, is told with names, not by the database."""
        first = self.seat(self.body.seat_ids[0], self.people[0], term_date=date(2024, 12, 31))
        second = self.seat(self.body.seat_ids[0], self.people[1], first=date(2025, 1, 1))
        third = self.seat(self.body.seat_ids[1], self.people[2])
        for mandate, vals, sentence in (
            (second, {"date_from": "2024-06-01"}, "held by Person 1 .* Person 2 cannot"),
            (first, {"term_date": "2025-06-30"}, "held by Person 2 .* Person 1 cannot"),
            (first, {"stays": True}, "held by Person 2 .* Person 1 cannot"),
            (third, {"seat_id": first.seat_id.id}, "Person 3 cannot"),
            (third, {"partner_id": self.people[1].id}, "Person 2 already sits on Board"),
            (first, {"term_date": "2023-12-31"}, "Person 1: the term, .*2023, comes before"),
            (first, {"ended_on": "2023-12-31"}, "Person 1: the mandate would end on .*2023"),
            (first, {"ended_on": "2025-01-31"}, "Person 1 does not stay until replaced"),
        ):
            with self.subTest(vals=vals), self.refused(ValidationError, sentence):
                mandate.write(vals)
        with self.refused(ValidationError, "Person 4: the term"):
            self.seat(self.body.seat_ids[2], self.people[3], term_date=date(2023, 1, 1))
        second.write({"date_from": "2025-02-01"})
        (first | second).write({"designation": "by_right"})

    def test_a_holder_twice_on_one_body_is_refused(self):
        self.seat(self.body.seat_ids[0], self.people[0])
        with self.refused(ValidationError, "Person 1 already sits on Board"):
            self.seat(self.body.seat_ids[1], self.people[0], first=date(2025, 1, 1))
        other = self.make_body((1,), name="Bureau")
        self.seat(other.seat_ids, self.people[0])

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_python_does_not_see(self):
        first = self.seat(self.body.seat_ids[0], self.people[0])
        second = self.seat(self.body.seat_ids[1], self.people[1])
        for column, value in (("seat_id", first.seat_id.id), ("partner_id", first.partner_id.id)):
            with (
                self.subTest(column=column),
                self.assertRaises(psycopg2.errors.ExclusionViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE governance_mandate SET {column} = %s WHERE id = %s",  # noqa: S608
                    [value, second.id],
                )

    @mute_logger("odoo.sql_db")
    def test_two_secretaries_at_once(self):
        """Two transactions, neither of which sees the other's mandate: the database lets one through."""
        cursors = [sql_db.db_connect(self.env.cr.dbname).cursor() for _secretary in range(2)]
        try:
            one, two = cursors
            # A table with the very constraints of the mandates' one, that nobody else uses.
            one.execute("CREATE TABLE test_two_secretaries (LIKE governance_mandate INCLUDING INDEXES)")
            one.commit()
            insert = (
                "INSERT INTO test_two_secretaries (id, seat_id, body_id, partner_id, role, designation, date_from) "
                "VALUES (%s, 1, 1, %s, 'titular', 'elected', %s)"
            )
            one.execute(insert, [1, 10, "2026-01-01"])
            with self.assertRaises(psycopg2.errors.LockNotAvailable):
                two.execute("SET LOCAL lock_timeout = '200ms'")
                two.execute(insert, [2, 11, "2026-06-01"])
            two.rollback()
            one.commit()
            with self.assertRaises(psycopg2.errors.ExclusionViolation):
                two.execute(insert, [2, 11, "2026-06-01"])
            two.rollback()
        finally:
            cursors[1].rollback()
            cursors[0].rollback()
            cursors[0].execute("DROP TABLE IF EXISTS test_two_secretaries")
            cursors[0].commit()
            for cr in cursors:
                cr.close()

    def test_constraints_are_in_the_database(self):
        self.env.cr.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'governance_mandate'::regclass AND contype = 'x'"
        )
        found = dict(self.env.cr.fetchall())
        self.assertEqual(
            set(found), {"governance_mandate_one_titular_per_seat", "governance_mandate_one_seat_per_body"}
        )
        self.assertIn("int4range(seat_id, seat_id", found["governance_mandate_one_titular_per_seat"])

    def test_outside_the_days_of_the_body(self):
        self.body.date_to = date(2026, 12, 31)
        cases = [(date(2019, 12, 31), None), (date(2024, 2, 1), None), (date(2024, 1, 1), True)]
        for first, stays in cases:
            values = {"stays": True} if stays else {}
            with self.subTest(first=first), self.refused(ValidationError, "exists from 01.01.2020 to"):
                self.seat(self.body.seat_ids[0], self.people[0], first=first, term_date=date(2027, 1, 31), **values)
        mandate = self.seat(self.body.seat_ids[0], self.people[0], first=date(2024, 1, 1))
        with self.refused(ValidationError, "End these mandates first"):
            self.body.date_to = mandate.last_day - timedelta(days=1)

    def test_no_draft_stays_among_the_mandates(self):
        """What is tried before a mandate is made does not stay in the lists that were read already."""
        seat = self.body.seat_ids[0]
        lists = (self.body, "mandate_ids"), (seat, "mandate_ids"), (self.people[0], "mandate_ids")
        for record, name in lists:
            self.assertFalse(record[name])
        mandate = self.seat(seat, self.people[0])
        for record, name in lists:
            self.assertEqual(record[name].ids, mandate.ids)
            self.assertEqual(len(record[name]), 1, record)

    def test_an_organisation_does_not_sit(self):
        with self.refused(ValidationError, "a person sits"):
            self.seat(self.body.seat_ids[0], self.structures[0])

    def test_a_seat_with_history_is_not_deleted(self):
        seat = self.body.seat_ids[0]
        self.seat(seat, self.people[0], first=date(2021, 1, 1))
        with self.refused(UserError, "Give the seat a last day"):
            seat.unlink()
        with self.refused(UserError, "its past must be kept"):
            self.body.unlink()
        self.body.seat_ids[2].unlink()

    def test_a_body_under_its_own_child(self):
        child = self.make_body((), name="Committee", parent_id=self.body.id)
        for parent in (self.body, child):
            with self.refused(ValidationError, "cannot stand under itself"):
                self.body.parent_id = parent

    def test_days_in_disorder_name_whose_they_are(self):
        mandate = self.seat(self.body.seat_ids[0], self.people[0])
        office = {"mandate_id": mandate.id, "date_from": "2024-05-02", "date_to": "2024-05-01"}
        for change, sentence in (
            (lambda: self.env["governance.office"].create(office), f"{self.people[0].name}.*2024, comes before"),
            (
                lambda: self.body.seat_ids[1].write({"date_from": "2024-05-02", "date_to": "2024-05-01"}),
                "Seat 2.*before",
            ),
            (lambda: self.body.write({"date_to": "2019-12-31"}), f"{self.body.name}.*2019, comes before.*2020"),
        ):
            with self.subTest(sentence), self.refused(ValidationError, sentence):
                change()
        with self.refused(psycopg2.errors.CheckViolation, "dates_in_order"), mute_logger("odoo.sql_db"):
            self.env.cr.execute("UPDATE governance_seat SET date_from = '2024-05-02', date_to = '2024-05-01'")

    def test_an_office_lies_within_its_mandate(self):
        mandate = self.seat(self.body.seat_ids[0], self.people[0])
        office = self.env["governance.office"].create({"mandate_id": mandate.id, "date_from": "2024-02-01"})
        self.assertEqual(office.last_day, mandate.term_date)
        with self.refused(ValidationError, "lies within"):
            office.date_from = date(2023, 12, 31)
        mandate.ended_on = date(2025, 1, 1)
        self.assertEqual(office.last_day, date(2025, 1, 1))

    def test_who_was_replaced_stays_in_the_history(self):
        mandate = self.seat(self.body.seat_ids[0], self.people[0])
        mandate._replace(date(2025, 1, 1), "resigned", {"partner_id": self.people[1].id})
        with self.refused(UserError, "part of the history"):
            mandate.unlink()

    # ---- seats ----

    def test_a_seat_is_found_by_the_words_of_its_name(self):
        seats, other = self.body.seat_ids, self.make_body((2,), name="Council").seat_ids
        seats[2].title = "State delegate"
        for text, expected in (
            ("Board, Seat 2 – Associations", seats[1]),
            ("council 1", other[0]),
            ("delegate", seats[2]),
            ("Council", other),
            ("board associations", seats[:2]),
            ("seat 3", seats[2]),
            ("council 9", self.env["governance.seat"]),
        ):
            found = self.env["governance.seat"].name_search(text)
            self.assertEqual({seat for seat, _name in found}, set(expected.ids), text)

    def test_a_new_mandate_may_choose_among_the_seats(self):
        view = self.env["governance.mandate"].get_view(view_type="form")
        [field] = etree.fromstring(view["arch"]).xpath("//group//field[@name='seat_id']")
        domain = safe_eval(field.get("domain"), {"body_id": False, "id": False, "company_id": False})
        self.assertTrue(self.env["governance.seat"].search(domain))

    def test_structures_of_the_association_only(self):
        """Who is a member of another association alone is not proposed to speak here."""
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        for structure, companies in ((0, self.company | other), (1, other)):
            for company in companies:
                self.env["association.member"].create(
                    {
                        "partner_id": self.structures[structure].id,
                        "company_id": company.id,
                        "category_id": self.category.id,
                    }
                )
        models = ("governance.mandate", "governance.replacement.wizard", "governance.seating.wizard.line")
        for model in models:
            field = self.env[model]._fields["organisation_id"]
            domain = safe_eval(field.domain)
            secretary = self.env["res.partner"].with_user(self.users["secretary"])
            found = secretary.search([("id", "in", self.structures.ids), *domain])
            self.assertEqual(set(found.ids), {self.structures[0].id, self.structures[2].id}, model)
            self.assertEqual(found.mapped("is_of_association"), [True, True])
        self.assertFalse(self.structures[1].is_of_association)

    def test_mandates_to_look_at_say_why(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("network_governance.action_governance_mandate_review")
        view = self.env["governance.mandate"].get_view(action["views"][0][0], "list")
        [column] = etree.fromstring(view["arch"]).xpath("//field[@name='warning']")
        self.assertFalse(column.get("optional"))

    def test_seats_follow_the_composition(self):
        self.assertEqual(
            [(seat.number, seat.college_id) for seat in self.body.seat_ids],
            [(1, self.colleges[0]), (2, self.colleges[0]), (3, self.colleges[1])],
        )
        self.body.write({"composition_ids": [Command.update(self.body.composition_ids[1].id, {"seats": 3})]})
        self.body.action_create_seats()
        self.body.action_create_seats()
        self.assertEqual(len(self.body.seat_ids), 5)

    def test_seating_many_at_once(self):
        self.seat(self.body.seat_ids[0], self.people[0])
        action = self.body.with_user(self.users["secretary"]).action_seat_holders()
        wizard = self.env["governance.seating.wizard"].browse(action["res_id"])
        wizard.date_from = date(2025, 1, 1)
        self.assertEqual(wizard.line_ids.seat_id, self.body.seat_ids[1:])
        with self.refused(UserError, "Name at least one person"):
            wizard.action_confirm()
        self.people[1].parent_id = self.structures[0]
        wizard.line_ids[0].partner_id = self.people[1]
        self.assertEqual(wizard.line_ids[0].organisation_id, self.structures[0])
        wizard.action_confirm()
        self.assertEqual(self.body.seat_ids[1].mandate_ids.partner_id, self.people[1])
        self.assertFalse(self.body.seat_ids[2].mandate_ids)

    # ---- what is pointed out ----

    def test_warnings(self):
        other = self.make_body((2,), name="Other")
        self.body.incompatible_ids = other
        seat = self.body.seat_ids[0]
        seat.write({"up_to_date": True, "category_ids": self.category.ids})
        self.company.governance_most_seats = 1
        with freeze_time("2024-06-01"):
            one, two = self.seat(self.body.seat_ids[:2], self.people[:2], [self.structures[0]] * 2)
            self.seat(other.seat_ids[:1], self.people[:1])
            for text in ("no member", "several seats of this body", "more seats than", "incompatible"):
                self.assertIn(text, one.warning)
            self.env["governance.office"].create(
                [{"mandate_id": two.id, "office": name} for name in ("president", "treasurer")]
            )
            self.env.invalidate_all()
            self.assertIn("president and treasurer", two.warning)
            fine = self.seat(other.seat_ids[1:], self.people[2:3])
            other.seat_ids.college_id = False
            self.assertFalse(fine.warning)

    def test_more_holders_than_the_composition_allows(self):
        line = self.body.composition_ids[0]
        mandates = self.seat(self.body.seat_ids[:2], self.people[:2], first=self.today)
        self.body.seat_ids.college_id = line.college_id
        for maximum, expected in ((0, False), (2, False), (1, True)):
            line.write({"minimum": 0, "maximum": maximum})
            found = mandates._get_objections()
            self.assertEqual(any("over_maximum" in codes for codes in found.values()), expected, maximum)

    def test_conditions_of_the_seat(self):
        territory = self.env["association.territory"].search([("kind", "=", "department")], limit=2)
        seat = self.body.seat_ids[0]
        seat.write({"territory_id": territory[0].id, "up_to_date": True})
        member = self.make_members(self.structures[:1], college_id=self.colleges[0].id)
        self.structures[0].territory_id = territory[0]
        mandate = self.seat(seat, self.people[:1], self.structures[:1], first=self.today)
        self.assertEqual(member.state, "unpaid")
        self.assertEqual(mandate._get_objections(), {mandate: ["not_up_to_date"]})
        seat.up_to_date = False
        self.assertEqual(mandate._get_objections(), {})
        self.structures[0].territory_id = territory[1]
        seat.category_ids = self.env.ref("coup_de_pousse_membership.category_company")
        seat.college_id = self.colleges[2]
        self.env.invalidate_all()
        self.assertEqual(mandate._get_objections(), {mandate: ["college", "territory", "category"]})

    def test_warnings_take_a_fixed_number_of_queries(self):
        body = self.make_body((40,), name="Large")
        people = self.make_people(40, "Many")
        mandates = self.seat(body.seat_ids, people, self.make_structures(40, "Of many"), first=self.today)

        def queries(mandates):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mandates._get_objections()
            return self.env.cr.sql_log_count - before

        few, many = queries(mandates[:2]), queries(mandates)
        self.assertLessEqual(many, few)

    # ---- contacts ----

    def test_a_contact_with_mandates_is_not_deleted(self):
        self.seat(self.body.seat_ids[0], self.people[0], self.structures[:1])
        for contact in (self.people[0], self.structures[0]):
            with self.refused(UserError, "the history of mandates must be kept"):
                contact.unlink()

    def test_merging_contacts_keeps_mandates(self):
        one = self.seat(self.body.seat_ids[0], self.people[0], self.structures[:1], first=date(2020, 1, 1))
        two = self.seat(self.body.seat_ids[1], self.people[1], self.structures[1:2], first=date(2025, 1, 1))
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge(self.people[:2].ids, self.people[0])
        merge._merge(self.structures[:2].ids, self.structures[0])
        self.env.invalidate_all()
        self.assertEqual((one | two).partner_id, self.people[0])
        self.assertEqual((one | two).organisation_id, self.structures[0])
        self.assertEqual(self.people[0].mandate_ids, two | one)
        self.assertEqual(self.structures[0].representation_ids, two | one)

    def test_merging_who_sits_twice_is_refused(self):
        mandates = self.seat(self.body.seat_ids[:2], self.people[:2])
        with self.refused(UserError, "both sit on Board"):
            self.env["base.partner.merge.automatic.wizard"]._merge(self.people[:2].ids, self.people[0])
        self.assertEqual(mandates.exists(), mandates)
