"""What a treasurer clicks through in a browser: from login to a paid membership, and a grid typed in."""

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from .common import ADDON, MembershipCommon


@tagged("post_install", "-at_install")
class TestTours(MembershipCommon, HttpCase):
    def test_treasurer_from_login_to_a_paid_membership(self):
        member = self.make_members(1, budget=75000, name="Tour association")
        self.start_tour("/web/login", "membership_treasurer", login=None, timeout=120)
        membership = member.membership_ids
        self.assertRecordValues(
            membership,
            [{"amount": 120, "payment_state": "paid", "state": "active", "amount_due": 0}],
        )
        self.assertEqual(member.state, "member")
        self.assertEqual(membership.admission_body, "Board of the day")
        self.assertEqual(membership.line_ids.move_id.journal_id.code, "COT")

    def test_an_unknown_association_pays_its_first_call(self):
        self.env["association.category"].search([]).sequence = 50
        first = self.env["association.category"].create({"name": "First of the list", "sequence": 1})
        self.make_grid([], rule_ids=[Command.create({"name": "All", "amount": 60})])
        self.start_tour(
            f"/odoo/action-{ADDON}.action_association_overview",
            "membership_newcomer",
            login="test_treasurer",
            timeout=120,
        )
        member = self.env["association.member"].search([("partner_id.name", "=", "Newcomer association")])
        self.assertEqual((member.state, member.category_id), ("member", first))
        with file_open(f"{ADDON}/static/tests/tours/newcomer_tour.js") as file:
            self.assertLessEqual(file.read().count('run: "click"'), 15)

    def test_a_real_grid_from_nothing_to_three_quotes(self):
        """The grid of ``tests/rules`` (``real_grids.py``, FESP), typed rule by rule as a treasurer would."""
        members = self.make_quoted()
        self.start_tour(
            f"/odoo/action-{ADDON}.action_association_fee_grid",
            "membership_fee_grid",
            login="test_treasurer",
            timeout=180,
        )
        grid = self.env["association.fee.grid"].search([("state", "=", "used")])
        self.assertEqual((len(grid.rule_ids), grid.cap), (11, 52000))
        self.assertRecordValues(
            members.membership_ids.sorted("amount"),
            [
                {"member_id": members[2].id, "amount": 150},
                {"member_id": members[0].id, "amount": 280},
                {"member_id": members[1].id, "amount": 2200},
            ],
        )

    def make_quoted(self):
        """Make the three members that the tour quotes."""
        services, creche = self.env["association.category"].create(
            [{"name": "Personal services"}, {"name": "Day nursery"}]
        )
        near = self.env.ref(f"{ADDON}.territory_department_44")
        far = self.env.ref(f"{ADDON}.territory_department_974")
        members = self.env["association.member"]
        for name, category, territory, turnover in (
            ("Quoted small", services, near, 400000),
            ("Quoted overseas", services, far, 2000000),
            ("Quoted crèche", creche, near, 300000),
        ):
            member = self.make_members(1, category=category, name=name)
            member.partner_id.territory_id = territory
            member.partner_id.annual_figures_ids = [Command.create({"year": self.year - 1, "turnover": turnover})]
            members |= member
        members[1].since = f"{self.year - 1}-01-01"
        return members
