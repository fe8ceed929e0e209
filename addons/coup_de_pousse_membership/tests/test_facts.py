"""Facts that only methods state: refused to everybody who writes them from outside."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from psycopg2 import IntegrityError
from psycopg2.errors import CheckViolation, ExclusionViolation

from .common import MembershipCommon
from .facts import FACTS, TYPED
from .facts_common import FactsCase
from .payment.payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestFacts(MembershipCommon, FactsCase):
    ADDON = "coup_de_pousse_membership"
    FACTS = FACTS
    TYPED = TYPED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office, cls.treasurer = (cls.users[role].with_user(cls.users[role]) for role in ("office", "treasurer"))
        for user in cls.users.values():
            user.lang = "en_US"
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.members = cls.make_members(2, budget=1)
        cls.membership = cls.make_memberships(cls.members[0], cls.grid)

    def as_(self, role, record):
        return record.with_user(self.users[role])

    # ---- the table ----

    def test_every_fact_is_in_the_table(self):
        self.check_table()

    def test_what_looks_like_a_fact_is_one_or_is_typed(self):
        self.check_nothing_suspicious()

    def test_nobody_writes_a_fact_from_outside(self):
        self.membership._issue_calls()
        with mute_logger("odoo.addons.base.models.ir_model"):
            self.check_refused([*self.users.values(), self.outsider])

    # ---- the mechanism ----

    def test_a_context_or_a_default_of_ones_own_states_no_fact(self):
        treasurer = self.users["treasurer"]
        grids = self.env["association.fee.grid"].with_user(treasurer)
        self.env["ir.default"].with_user(treasurer).set("association.fee.grid", "state", "closed", user_id=True)
        grid = grids.with_context(default_state="used", default_voted_on="2020-01-01").create({"name": "Sly"})
        self.assertEqual(grid.state, "draft")
        self.assertEqual(grids.default_get(["state"])["state"], "draft")

    def test_a_copy_has_not_lived_what_its_original_has(self):
        grid = self.as_("treasurer", self.grid)
        self.assertEqual(grid.copy().state, "draft")
        self.assert_fact(lambda: grid.copy({"state": "voted"}))

    def test_an_import_of_records_states_no_fact(self):
        grids = self.env["association.fee.grid"].with_user(self.users["treasurer"])
        result = grids.load(["name", "state", "voted_on"], [["Sly", "Voted", "2020-01-01"]])
        self.assertFalse(result["ids"])
        self.assertFalse(grids.search([("name", "=", "Sly")]))

    def test_a_line_within_another_record_states_no_fact(self):
        member = self.as_("office", self.members[0])
        command = Command.update(self.membership.id, {"payment_state": "paid"})
        self.assert_fact(lambda: member.write({"membership_ids": [command]}))
        self.assert_fact(lambda: member.web_save({"membership_ids": [list(command)]}, {"state": {}}))

    # ---- what was done with it ----

    def test_the_office_makes_nobody_paid(self):
        membership = self.as_("office", self.membership)
        for vals in (
            {"payment_state": "paid"},
            {"state": "active"},
            {"counts": True},
            {"amount_due": 0},
            {"settled_elsewhere_on": self.today},
            {"open_elsewhere": 1},
            {"campaign_id": False},
            {"withdrawn_on": self.today},
        ):
            self.assert_fact(lambda vals=vals: membership.write(vals))
        self.assertEqual(membership.payment_state, "not_called")
        self.assert_fact(
            lambda: membership.create(
                {
                    "member_id": self.members[1].id,
                    "date_from": f"{self.year}-01-01",
                    "date_to": f"{self.year}-12-31",
                    "settled_elsewhere_on": self.today,
                }
            )
        )

    def test_a_paid_membership_stays_whose_it_is(self):
        self.pay(self.membership._issue_calls())
        membership = self.as_("office", self.membership)
        self.assertEqual(membership.payment_state, "paid")
        for vals in (
            {"member_id": self.members[1].id},
            {"date_to": f"{self.year + 5}-12-31"},
            {"date_from": f"{self.year - 1}-01-01"},
            {"amount": 1},
        ):
            with self.assertRaisesRegex(UserError, "can no longer change"), self.env.cr.savepoint():
                membership.write(vals)
        membership.write({"member_id": self.members[0].id, "amount": membership.amount})

    def test_no_second_live_membership_beside_a_shortened_one(self):
        membership = self.as_("office", self.membership)
        self.assert_fact(lambda: membership.write({"last_day": self.membership.date_from}))
        vals = {"member_id": self.members[0].id, "date_from": membership.date_from, "date_to": membership.date_to}
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            membership.create(vals)
            self.env.flush_all()

    def test_a_voted_grid_stays_as_voted(self):
        grid = self.as_("treasurer", self.grid)
        self.assertEqual(grid.state, "used")
        self.assert_fact(lambda: grid.write({"state": "draft"}))
        with self.assertRaises(UserError):
            grid.rule_ids.write({"amount": 1})
        with self.assertRaises(UserError):
            grid.action_reset_to_draft()

    def test_what_a_grid_names_is_not_deleted(self):
        category = self.env["association.category"].create({"name": "Unions"})
        tariff = self.env["association.tariff"].create({"name": "Students"})
        territory = self.env["association.territory"].create({"name": "Valley", "kind": "epci"})
        named = {"category_ids": category, "tariff_ids": tariff, "territory_ids": territory}
        grid = self.make_grid([(None, None, 100)], vote=False)
        for name, record in named.items():
            grid.rule_ids[name] = record
        grid.action_vote()
        for record in named.values():
            with self.assertRaisesRegex(UserError, "hold for everybody"), self.env.cr.savepoint():
                record.with_user(self.users["manager"]).unlink()
            # Nor by a way that asks nobody.
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(record._table), record.id))
        grid.invalidate_recordset()
        self.assertTrue(all(grid.rule_ids[name] for name in named))

    def test_a_slip_of_cheques_is_not_validated_twice(self):
        cheque = (
            self.env["association.cheque"]
            .with_user(self.users["treasurer"])
            .create({"partner_id": self.members[0].partner_id.id, "amount": 100})
        )
        action = cheque.action_deposit()
        deposit = self.as_("treasurer", self.env["association.cheque.deposit"].browse(action["res_id"]))
        deposit.action_validate()
        for vals in ({"state": "draft"}, {"move_id": False}, {"name": "REM/1"}):
            self.assert_fact(lambda vals=vals: deposit.write(vals))
        for vals in ({"state": "received"}, {"bounced_on": self.today}):
            self.assert_fact(lambda vals=vals: cheque.write(vals))
        with self.assertRaises(UserError):
            deposit.action_validate()

    # ---- 36c: what is made for one is read by one ----

    def test_a_file_made_for_one_is_read_by_one(self):
        mine = self.env["association.spreadsheet"].with_user(self.users["treasurer"])
        mine._download_file("members.xlsx", b"secret")
        file = mine.search([])
        self.assertEqual(len(file), 1)
        self.assertTrue(file.content)
        for role in ("office", "director", "manager"):
            theirs = self.as_(role, file)
            theirs.invalidate_recordset()
            self.assertFalse(theirs.search([]))
            with mute_logger("odoo.addons.base.models.ir_rule"):
                for call in (
                    lambda theirs=theirs: theirs.read(["content"]),
                    lambda theirs=theirs: theirs.write({"name": "x"}),
                    lambda theirs=theirs: theirs.unlink(),
                ):
                    with self.assertRaises(AccessError):
                        call()

    def test_every_transient_record_is_its_makers(self):
        rules = self.env["ir.rule"].with_user(self.users["treasurer"])
        for name in self.env.registry:
            model = self.env[name]
            if model._transient and not model._abstract and model._original_module == self.ADDON:
                for mode in ("read", "write", "unlink"):
                    self.assertIn("create_uid", str(rules._compute_domain(name, mode)), (name, mode))


@tagged("post_install", "-at_install")
class TestBookedOnce(PaymentCase):
    def test_a_booked_line_is_not_booked_a_second_time(self):
        moves = self.make_calls(1)
        record = self.make_import([f"{self.day()};{moves.name};;100"])
        record.action_confirm_certain()
        line = record.line_ids
        self.assertEqual(line.state, "done")
        with self.assertRaises(AccessError):
            line.write({"state": "todo"})
        with self.assertRaises(AccessError):
            line.write({"statement_line_id": False})
        # Nor by a way that asks nobody.
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            line.sudo().state = "todo"
            self.env.flush_all()
        self.assertEqual(len(self.statement_lines()), 1)

    def test_a_membership_ends_by_its_facts_alone(self):
        members = self.make_members(1, budget=1)
        membership = self.make_memberships(members, self.grid).with_user(self.users["office"])
        membership.ended_on = self.today - timedelta(days=1) if self.today.day > 1 else self.today
        self.assertEqual(membership.last_day, membership.ended_on)
