"""Members who leave and join again: memberships, calls, states, merges."""

from datetime import date, timedelta

import psycopg2.errors
from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestDeparture(MembershipCommon):
    """On 15 September 2026: a member pays 2026, and 2027 is prepared."""

    @classmethod
    def setUpClass(cls):
        with freeze_time("2026-09-15"):
            super().setUpClass()
            cls.grid = cls.make_grid([(None, None, 100)])
            cls.next_grid = cls.make_grid(
                [(None, None, 100)], date_from="2027-01-01", figures_year=2025, name="Next grid"
            )
            cls.member, cls.other = cls.make_members(2, budget=1)
            members = cls.member | cls.other
            cls.now, cls.other_now = cls.make_memberships(members, cls.grid)
            cls.next, cls.other_next = cls.make_memberships(members, cls.next_grid)

    def setUp(self):
        super().setUp()
        freezer = freeze_time("2026-09-15")
        freezer.start()
        self.addCleanup(freezer.stop)

    def leave(self, member=None, left_on=date(2026, 9, 14), user="treasurer", **values):
        member = (member or self.member).with_user(self.users[user])
        return member._record_departure(left_on, "resigned", "Board of 10 September", "Letter", **values)

    # ---- what a departure does ----

    def test_departure_ends_and_gives_up(self):
        self.pay(self.now._issue_calls())
        departure = self.leave()
        self.assertRecordValues(
            self.member,
            [
                {
                    "left_on": date(2026, 9, 14),
                    "end_reason": "resigned",
                    "left_decided_by": "Board of 10 September",
                    "state": "left",
                    "since": date(2026, 1, 1),
                }
            ],
        )
        self.assertRecordValues(
            self.now | self.next,
            [
                {"last_day": date(2026, 9, 14), "state": "expired", "payment_state": "paid", "withdrawn_on": False},
                {
                    "last_day": date(2027, 12, 31),
                    "state": "cancelled",
                    "payment_state": "cancelled",
                    "withdrawn_on": date(2026, 9, 14),
                },
            ],
        )
        self.assertEqual(departure.withdrawn_ids, self.next)
        self.assertEqual(self.other_next.state, "upcoming")

    def test_departure_to_come(self):
        """Announced for the end of the year: nothing of this year changes before."""
        self.pay(self.now._issue_calls())
        self.leave(left_on=date(2026, 12, 31))
        self.assertEqual((self.member.state, self.now.state, self.next.state), ("member", "active", "cancelled"))
        self.assertEqual(self.next.withdrawn_on, date(2026, 9, 15), "given up the day it is known")
        self.assertEqual(self.member.next_change_on, date(2027, 1, 1))
        with freeze_time("2027-01-01"):
            self.member._refresh_states()
            self.assertEqual((self.member.state, self.next.state), ("left", "cancelled"))

    def test_application_is_withdrawn(self):
        applicant = self.make_members(1, budget=1, name="Applicant")
        application = self.make_memberships(applicant, self.grid, admit=False)
        self.leave(applicant)
        self.assertEqual((application.state, applicant.state), ("cancelled", "left"))
        self.assertEqual(application.admission, "applied", "nobody decided")

    def test_given_up_leaves_room_for_another(self):
        self.leave()
        self.member._join_again(date(2026, 9, 15))
        _ready, refused = self.next_grid._prepare_memberships(self.member)
        self.assertFalse(refused)
        again = self.make_memberships(self.member, self.next_grid, admit=True)
        self.assertEqual(again.state, "upcoming")
        with self.assertRaises(psycopg2.errors.ExclusionViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.next.sudo().withdrawn_on = False
            self.env.flush_all()

    # ---- dues ----

    def test_calls_are_kept(self):
        calls = (self.now | self.next)._issue_calls()
        self.leave(dues="keep")
        self.assertEqual(set(calls.mapped("payment_state")), {"not_paid"})
        self.assertEqual((self.next.state, self.next.payment_state, self.next.amount_due), ("cancelled", "called", 100))
        self.assertEqual(self.member.amount_due, 200)

    def test_calls_to_come_are_withdrawn(self):
        now, upcoming = self.now._issue_calls(), self.next._issue_calls()
        self.leave(dues="upcoming")
        self.assertEqual((now.payment_state, upcoming.payment_state), ("not_paid", "reversed"))
        self.assertEqual((self.next.payment_state, self.next.amount_due), ("cancelled", 0))
        self.assertEqual(self.member.amount_due, 100)

    def test_every_call_is_withdrawn(self):
        calls = self.now._issue_calls() | self.next._issue_calls()
        self.leave(dues="all")
        self.assertEqual(calls.mapped("payment_state"), ["reversed", "reversed"])
        self.assertEqual((self.member.amount_due, self.now.payment_state), (0, "cancelled"))
        self.assertFalse(self.member.activity_ids)

    def test_one_call_for_several_keeps_the_others(self):
        both = self.now | self.other_now
        both.payer_id = self.member.partner_id
        call = both._issue_calls()
        self.assertEqual(len(call), 1)
        self.leave(dues="all")
        self.assertEqual((call.payment_state, call.amount_residual), ("partial", 100))
        self.assertEqual((self.now.payment_state, self.other_now.payment_state), ("cancelled", "called"))
        self.assertEqual((self.other_now.amount_due, self.other_now.state), (100, "unpaid"))

    def test_what_was_paid_is_for_the_treasurer_to_say(self):
        self.pay(self.next._issue_calls())
        self.leave(dues="all")
        self.assertEqual((self.next.state, self.next.payment_state), ("cancelled", "paid"))
        self.assertIn(self.next.display_name, self.member.activity_ids.note)

    def test_a_departure_that_is_erased_takes_its_task_along(self):
        self.pay(self.next._issue_calls())
        self.leave(dues="all")
        other = self.member.activity_schedule("mail.mail_activity_data_todo", summary="Ring up")
        self.member.departure_ids.action_erase()
        self.assertEqual(self.member.activity_ids, other)

    def test_the_office_asks_the_treasurer(self):
        call = self.next._issue_calls()
        self.leave(user="office", dues="all")
        self.assertEqual(call.payment_state, "not_paid")
        activity = self.member.activity_ids
        self.assertEqual(activity.user_id, self.users["treasurer"])
        self.assertIn(self.next.display_name, activity.note)

    def test_all_or_nothing(self):
        self.next._issue_calls()
        self.company.sale_lock_date = date(2026, 9, 15)
        leaver = self.other
        self.leave(leaver, dues="keep")
        with self.assertRaisesRegex(UserError, "already recorded"):
            self.leave(self.member | leaver, dues="all")
        self.assertFalse(self.member.left_on)
        self.assertEqual(self.next.state, "upcoming")

    # ---- coming back, and mistakes ----

    def test_joining_again_keeps_the_departure(self):
        self.pay(self.now._issue_calls())
        departure = self.leave(left_on=date(2026, 6, 30))
        self.member.with_user(self.users["office"]).action_join_again()
        self.assertFalse(self.member.left_on)
        self.assertFalse(self.member.end_reason)
        self.assertEqual((departure.left_on, departure.returned_on), (date(2026, 6, 30), date(2026, 9, 15)))
        self.assertEqual(self.now.last_day, date(2026, 6, 30), "what ended stays ended")
        self.assertEqual((self.member.since, self.member.state), (date(2026, 1, 1), "former"))
        with self.assertRaisesRegex(UserError, "before having left"):
            self.member.action_join_again()

    def test_a_new_membership_is_a_return(self):
        self.leave(left_on=date(2026, 6, 30))
        self.env["association.membership"].create(
            {
                "member_id": self.member.id,
                "date_from": "2026-08-01",
                "date_to": "2026-12-31",
                "admission": "admitted",
                "admission_decided_on": "2026-08-01",
            }
        )
        self.assertEqual(self.member.state, "unpaid")
        again = self.leave(left_on=date(2026, 9, 10))
        first = self.member.departure_ids - again
        self.assertEqual(first.returned_on, date(2026, 8, 1))
        self.assertEqual((self.member.left_on, self.member.state), (date(2026, 9, 10), "left"))

    def test_erased_departure_never_was(self):
        departure = self.leave()
        departure.with_user(self.users["office"]).action_erase()
        self.assertFalse(self.member.left_on)
        self.assertEqual((self.now.last_day, self.next.state), (date(2026, 12, 31), "upcoming"))
        self.assertFalse(self.next.withdrawn_on)

    def test_departure_written_by_hand_or_import(self):
        self.member.write({"left_on": "2026-06-30", "end_reason": "dissolved"})
        departure = self.member.departure_ids
        self.assertEqual((departure.left_on, departure.reason), (date(2026, 6, 30), "dissolved"))
        self.member.write({"left_on": "2026-07-31"})
        self.assertEqual((departure.left_on, self.now.last_day), (date(2026, 7, 31), date(2026, 7, 31)))
        self.member.write({"left_on": False, "end_reason": False})
        self.assertFalse(departure.exists())
        with self.assertRaisesRegex(ValidationError, "both"):
            self.member.left_on = "2026-06-30"
        partner = self.env["res.partner"].create({"name": "Former", "is_company": True})
        former = self.env["association.member"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "left_on": "2020-01-31",
                "end_reason": "resigned",
            }
        )
        self.assertEqual((former.departure_ids.left_on, former.state), (date(2020, 1, 31), "left"))

    # ---- rules that the database holds ----

    def test_nobody_leaves_twice(self):
        self.leave(left_on=date(2026, 6, 30))
        with self.assertRaisesRegex(UserError, "already recorded"):
            self.leave(left_on=date(2026, 7, 31))
        with self.assertRaises(psycopg2.errors.ExclusionViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["association.member.departure"].create(
                {"member_id": self.member.id, "left_on": "2026-07-31", "reason": "excluded"}
            )
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.member.departure_ids.returned_on = "2026-06-30"
            self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "joined on"):
            self.leave(self.other, left_on=date(2025, 6, 30))
        with self.assertRaisesRegex(ValidationError, "day to come"):
            self.other_next.sudo().withdrawn_on = "2026-09-16"

    def test_constraints_exist_in_the_database(self):
        self.cr.execute(
            "SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid IN "
            "('association_membership'::regclass, 'association_member_departure'::regclass)"
        )
        found = {name: (kind, text) for name, kind, text in self.cr.fetchall()}
        self.assertEqual(found["association_member_departure_no_overlap"][0], "x")
        self.assertEqual(found["association_member_departure_return_after_departure"][0], "c")
        self.assertIn("withdrawn_on IS NULL", found["association_membership_no_overlap"][1])

    # ---- on screen, and who may ----

    def test_wizard(self):
        call = self.next._issue_calls()
        user = self.users["treasurer"]
        wizard = (
            self.env["association.departure.wizard"]
            .with_user(user)
            .with_context(active_model="association.member", active_ids=self.member.ids)
        )
        with Form(wizard) as form:
            self.assertEqual(form.amount_due, 100)
            form.left_on = date(2026, 12, 31)
            self.assertEqual(form.given_up_ids.ids, self.next.ids)
            form.reason = "dissolved"
            form.decided_by = "Assembly"
        form.record.action_confirm()
        self.assertEqual((self.member.end_reason, self.member.left_decided_by), ("dissolved", "Assembly"))
        self.assertEqual(call.payment_state, "reversed")
        self.assertEqual(self.member.departure_ids.decided_by, "Assembly")

    def test_rights(self):
        departure = self.leave()
        director = departure.with_user(self.users["director"])
        self.assertEqual(director.read(["reason"])[0]["reason"], "resigned")
        with self.assertRaises(AccessError):
            director.write({"note": "No"})
        with self.assertRaises(AccessError):
            director.action_erase()
        with self.assertRaises(AccessError):
            self.member.with_user(self.users["director"]).action_join_again()
        with self.assertRaises(AccessError):
            departure.with_user(self.outsider).read(["reason"])
        with self.assertRaises(AccessError):
            self.env["association.departure.wizard"].with_user(self.users["director"]).create({})
        departure.with_user(self.users["office"]).write({"note": "Yes"})

    def test_other_association_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other network"})
        departure = self.leave()
        stranger = self.users["office"]
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            departure.with_user(stranger).read(["reason"])
        self.assertFalse(
            self.env["association.member.departure"].with_user(stranger).search([("id", "=", departure.id)])
        )

    def test_queries_do_not_grow(self):
        def cost(count):
            members = self.make_members(count, budget=1, name=f"Many {count}")
            self.make_memberships(members, self.next_grid)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            members.with_user(self.users["office"]).with_context(tracking_disable=True)._record_departure(
                date(2026, 9, 10), "struck_off"
            )
            self.env.flush_all()
            return self.cr.sql_log_count - start

        cost(1)  # warms the caches
        few, many = cost(2), cost(30)
        self.assertLess(many - few, 8, f"{few} queries for 2, {many} for 30")

    # ---- merging ----

    def merge(self, one, other):
        self.env["base.partner.merge.automatic.wizard"]._merge((one | other).partner_id.ids, one.partner_id)
        self.env.invalidate_all()

    def test_departures_follow_a_merge(self):
        kept, merged = self.make_members(2, budget=1, name="Twice")
        for member, days in ((kept, ("2021-06-30", "2022-01-01")), (merged, ("2018-06-30", "2019-01-01"))):
            self.env["association.member.departure"].create(
                {"member_id": member.id, "left_on": days[0], "returned_on": days[1], "reason": "resigned"}
            )
        kept.write({"left_on": "2024-05-31", "end_reason": "excluded"})
        merged.write({"left_on": "2023-05-31", "end_reason": "resigned"})
        self.merge(kept, merged)
        self.assertEqual(
            kept.departure_ids.sorted("left_on").mapped(lambda d: (str(d.left_on), str(d.returned_on))),
            [
                ("2018-06-30", "2019-01-01"),
                ("2021-06-30", "2022-01-01"),
                ("2023-05-31", "2024-05-31"),
                ("2024-05-31", "False"),
            ],
        )
        self.assertEqual(kept.end_reason, "excluded")

    def test_a_departure_that_contradicts_is_refused(self):
        leaver = self.make_members(1, budget=1, name="Gone")
        leaver.write({"left_on": self.today - timedelta(days=1), "end_reason": "resigned"})
        with self.assertRaisesRegex(UserError, "Gone 0 left on"):
            self.merge(self.member, leaver)
        with self.assertRaisesRegex(UserError, "Gone 0 left on"):
            self.merge(leaver, self.member)
