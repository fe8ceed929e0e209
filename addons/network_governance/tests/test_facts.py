"""Facts of the governance that only methods state, and checks that no context switches off."""

from datetime import date

from odoo.addons.coup_de_pousse_membership.tests.facts_common import FactsCase
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GovernanceCommon
from .facts import FACTS, TYPED


@tagged("post_install", "-at_install")
class TestGovernanceFacts(GovernanceCommon, FactsCase):
    ADDON = "network_governance"
    FACTS = FACTS
    TYPED = TYPED
    LEFT_OUT = {("governance.office", "body_id")}

    def test_the_body_of_an_office_is_that_of_its_mandate(self):
        body, other = self.make_body((3,)), self.make_body((3,))
        mandate = self.seat(body.seat_ids[:1], self.make_people(1), first=date(2025, 1, 1))
        office = self.env["governance.office"].with_user(self.users["secretary"])
        values = {"mandate_id": mandate.id, "office": "president", "date_from": "2025-01-01", "body_id": other.id}
        self.assertEqual(office.create(values).body_id, body)

    def test_every_fact_is_in_the_table(self):
        self.check_table()

    def test_what_looks_like_a_fact_is_one_or_is_typed(self):
        self.check_nothing_suspicious()

    def test_nobody_writes_a_fact_from_outside(self):
        with mute_logger("odoo.addons.base.models.ir_model"):
            self.check_refused([*self.users.values(), self.outsider])

    def test_a_draw_is_recorded_by_its_button(self):
        secretary = self.users["secretary"]
        body = self.make_body((3,), renewal="thirds")
        self.seat(body.seat_ids, self.make_people(3), first=date(2025, 1, 1))
        draw = self.env["governance.draw"].with_user(secretary).create({"body_id": body.id, "drawn_on": "2025-06-01"})
        draw.action_draw()
        for vals in ({"seed": "chosen"}, {"state": "recorded"}):
            self.assert_fact(lambda vals=vals: draw.write(vals))
        self.assert_fact(lambda: draw.line_ids[0].write({"former_term": "2020-01-01"}))
        self.assert_fact(lambda: body.seat_ids[0].with_user(secretary).write({"third": 1}))
        draw.action_record()
        self.assertEqual(draw.state, "recorded")
        self.assertEqual(sorted(body.seat_ids.mapped("third")), [1, 2, 3])
        with self.refused(UserError, "cannot change any more"):
            draw.write({"state": "draft"})

    def test_no_context_keeps_former_rules_from_being_kept(self):
        body = self.make_body((3,), in_force_since="2020-01-01").with_user(self.users["secretary"])
        body.with_context(governance_dated=True).term_months = 24
        self.assertEqual(body.version_ids.mapped("term_months"), [36])

    def test_no_context_keeps_a_declaration_from_being_made(self):
        body = self.make_body((3,), declared=True)
        mandates = self.env["governance.mandate"].with_user(self.users["secretary"])
        mandates.with_context(governance_no_declaration=True).create(
            {"seat_id": body.seat_ids[0].id, "partner_id": self.make_people(1).id, "date_from": "2025-01-01"}
        )
        declaration = self.env["governance.declaration"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(declaration.line_ids), 1)
        mine = declaration.with_user(self.users["secretary"])
        for vals in ({"changed_on": "2025-03-01"}, {"deadline": "2030-01-01"}, {"state": "done"}):
            self.assert_fact(lambda vals=vals: mine.write(vals))
