"""Who joined, came back, went on and left: on a few memberships worked out by hand, and against the register."""

import random
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestMovement(MembershipCommon):
    def make(self, member, date_from, date_to, amount=100, **values):
        return self.env["association.membership"]._create_with_facts(
            [
                {
                    "member_id": member.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    "amount": amount,
                    "admission": "admitted",
                    "admission_decided_on": date_from,
                    **values,
                }
            ]
        )

    def movements(self, members):
        self.env.flush_all()
        found = self.env["association.movement"].search([("member_id", "in", members.ids)], order="date, id")
        return [(str(one.date), one.kind, one.change, one.amount) for one in found]

    def test_joining_going_on_leaving_and_coming_back(self):
        member = self.make_members(1)
        self.make(member, "2020-01-01", "2020-12-31")
        self.make(member, "2021-01-01", "2021-12-31", amount=120)
        self.make(member, "2023-03-01", "2023-12-31", amount=80)
        self.assertEqual(
            self.movements(member),
            [
                ("2020-01-01", "joined", 1, 100),
                ("2021-01-01", "renewed", 0, 20),
                ("2022-01-01", "left", -1, -120),
                ("2023-03-01", "returned", 1, 80),
                ("2024-01-01", "left", -1, -80),
            ],
        )

    def test_each_movement_knows_its_cohort(self):
        first, second = self.make_members(2)
        self.make(first, "2020-01-01", "2020-12-31")
        self.make(first, "2021-01-01", "2021-12-31")
        self.make(second, "2021-06-01", "2021-12-31")
        self.env.flush_all()
        found = self.env["association.movement"]._read_group(
            [("member_id", "in", (first | second).ids), ("kind", "in", ("renewed", "left"))],
            ["since:year", "kind"],
            ["__count"],
            order="since:year, kind",
        )
        self.assertEqual(
            [(year.year, kind, count) for year, kind, count in found],
            [(2020, "left", 1), (2020, "renewed", 1), (2021, "left", 1)],
        )
        self.make(first, "2018-01-01", "2018-12-31")
        self.env.flush_all()
        earliest = self.env["association.movement"].search([("member_id", "=", first.id)]).mapped("since")
        self.assertEqual({day.year for day in earliest}, {2018}, "an earlier membership moves the whole cohort")

    def test_what_came_to_nothing_moves_nobody(self):
        member = self.make_members(1)
        self.make(member, "2020-01-01", "2020-12-31", withdrawn_on="2019-12-01")
        self.make(member, "2021-01-01", "2021-12-31", admission="refused")
        self.make(member, "2022-01-01", "2022-12-31", admission="applied", admission_decided_on=False)
        self.assertEqual(self.movements(member), [])

    def test_an_early_end_is_the_day_of_leaving(self):
        member = self.make_members(1)
        self.make(member, "2020-01-01", "2020-12-31", ended_on="2020-06-30")
        self.assertEqual(
            [one[:2] for one in self.movements(member)], [("2020-01-01", "joined"), ("2020-07-01", "left")]
        )

    def test_changes_add_up_to_the_members_of_any_day(self):
        members = self.make_members(4)
        for rank, member in enumerate(members):
            self.make(member, date(2019, 1 + rank, 1), date(2020, 12, 31))
            self.make(member, date(2021 + rank % 2, 1, 1), date(2022, 12 - rank, 28))
        for day in (date(2019, 2, 15), date(2020, 6, 1), date(2021, 6, 1), date(2022, 10, 1), date(2023, 1, 1)):
            domain = [("member_id", "in", members.ids), ("date", "<=", day)]
            self.env.flush_all()
            [[total]] = self.env["association.movement"]._read_group(domain, [], ["change:sum"])
            running = self.env["association.membership"].search(
                [("member_id", "in", members.ids), ("date_from", "<=", day), ("last_day", ">=", day)]
            )
            self.assertEqual(total or 0, len(running.member_id), day)

    def test_today_s_members_are_those_of_the_states(self):
        members = self.make_members(3)
        self.make(members[0], f"{self.year}-01-01", f"{self.year}-12-31")
        self.make(members[1], f"{self.year - 1}-01-01", f"{self.year - 1}-12-31")
        self.env.flush_all()
        values = (
            self.env["association.metric"]
            ._get("members", "members_running")
            ._get_values(also=[("company_id", "=", self.company.id)])
        )
        self.assertEqual(values["members"], values["members_running"])
        self.assertEqual(values["members"], 1)

    def test_they_keep_up_with_what_changes(self):
        """However memberships change, what is kept is what the whole would give anew."""
        dice = random.Random(14)  # noqa: S311 - made-up days, no secrets
        members = self.make_members(12)
        for member in members:
            day = date(2018, 1, 1)
            for _rank in range(4):
                day += timedelta(days=dice.choice((0, 0, 0, 40)))
                last = day + timedelta(days=364)
                self.make(member, day, last, amount=dice.randint(10, 200))
                day = last + timedelta(days=1)
        self.movements(members)
        memberships = members.membership_ids
        memberships[3].ended_on = memberships[3].date_from + timedelta(days=30)
        memberships[7].amount = 999
        memberships[11]._write_facts({"withdrawn_on": memberships[11].date_from})
        memberships[14].category_id = self.authority
        members[2].partner_id.territory_id = self.env["association.territory"].search([], limit=1)
        gone = memberships.filtered(lambda one: one.member_id == members[5])[1]
        gone.unlink()
        kept = self.read_all(members)
        self.env["association.movement"]._rebuild()
        self.assertEqual(kept, self.read_all(members))
        joined = self.env["association.movement"].search([("member_id", "=", members[5].id), ("kind", "=", "returned")])
        self.assertTrue(joined, "who followed the deleted one has come back")

    def read_all(self, members):
        found = self.env["association.movement"].search([("member_id", "in", members.ids)])
        names = ("membership_id", "kind", "date", "change", "amount", "category_id", "territory_id")
        return sorted(tuple(map(str, row)) for row in ([one[name] for name in names] for one in found))

    def test_reading_again_makes_nothing_anew(self):
        members = self.make_members(2)
        self.make(members[0], "2020-01-01", "2020-12-31")
        first = self.env["association.movement"].search([("member_id", "in", members.ids)])
        self.make(members[1], "2020-01-01", "2020-12-31")
        again = self.env["association.movement"].search([("member_id", "in", members.ids)])
        self.assertLess(first, again, "those of a member who did not change stay")

    def test_who_may_read_them(self):
        self.make(self.make_members(1), "2020-01-01", "2020-12-31")
        self.env.flush_all()
        for role in ("director", "office", "treasurer"):
            self.assertTrue(self.env["association.movement"].with_user(self.users[role]).search([]))
        with self.assertRaises(AccessError):
            self.env["association.movement"].with_user(self.outsider).search([])
        other = self.env["res.company"].create({"name": "Another association"})
        self.users["manager"].company_ids |= other
        apart = self.env["association.movement"].with_user(self.users["manager"])
        self.assertFalse(apart.with_context(allowed_company_ids=other.ids).search([]))
