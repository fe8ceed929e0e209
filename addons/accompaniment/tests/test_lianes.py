"""The Lianes mission, from its phases to its effects a year later."""

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.coup_de_pousse_membership.tests.screens import ScreensCase
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestLianes(ScreensCase, AccompanimentCommon, AccountTestInvoicingCommon):
    """The mission of seed 000, from the phases to the effects a year later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lianes.unlink()
        cls.mission = cls.env["accompaniment.demo"]._create_lianes(cls.users["adviser"])

    def test_each_role_opens_each_screen(self):
        for role in ("adviser", "coordinator", "director"):
            with self.subTest(role=role):
                tried, errors = self.open_screens(self.users[role], "accompaniment")
                self.assertGreater(tried, 60)
                self.assertEqual(errors, [])

    def test_what_is_added_to_the_screens_of_membership_is_for_those_who_may_read_it(self):
        for role in ("office", "treasurer"):
            user = new_test_user(
                self.env,
                f"member_{role}",
                f"coup_de_pousse_membership.group_membership_{role}",
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            with self.subTest(role=role):
                tried, errors = self.open_screens(user, "coup_de_pousse_membership")
                self.assertGreater(tried, 60)
                self.assertEqual(errors, [])

    def test_a_director_sees_no_button_that_fails(self):
        self.assertEqual(self.press_reading_buttons(self.users["director"], "accompaniment"), [])

    def test_days_and_money(self):
        mission = self.mission
        self.assertEqual((mission.days_planned, mission.price), (12, 9600))
        self.assertEqual((mission.days_used, mission.days_left), (11.5, 0.5))
        self.assertEqual(mission.phase_ids.mapped("days_planned"), [3, 5, 2, 1.5, 0.5])
        self.assertEqual(mission.cofunding_ids.mapped("amount"), [6720, 1920, 960])
        mission.with_user(self.users["coordinator"]).action_invoice()
        moves = mission.cofunding_ids.line_ids.move_id
        moves.action_post()
        # Odoo adds up lines with their analytic distribution: a director may not read it, and opens the invoices.
        self.env.flush_all()
        self.env.invalidate_all()
        for move in moves.with_user(self.users["director"]):
            self.assertEqual(move.tax_totals["base_amount_currency"], move.amount_untaxed)
        self.assertEqual(sum(moves.mapped("amount_untaxed")), 9600)
        for move in moves:
            self.assertTrue(move.currency_id.is_zero(sum(move.line_ids.mapped("balance"))))

    def test_diagnosis_and_domains(self):
        diagnostic = self.mission.diagnostic_ids
        self.assertEqual((diagnostic.invited, diagnostic.respondents, diagnostic.response_rate), (150, 60, 0.4))
        self.assertEqual(diagnostic.state, "closed")
        self.assertEqual(len(self.mission.domain_before_ids), 4)
        self.assertEqual(len(self.mission.domain_after_ids), 3)
        self.assertEqual(self.mission.domain_after_ids.origin_ids, self.mission.domain_before_ids)

    def test_effects_at_two_horizons_a_year_later(self):
        review = self.mission.review_ids
        self.assertEqual((review.months, str(review.due_on), review.state), (12, "2018-06-30", "done"))
        seen = self.mission.effect_ids.filtered(lambda effect: effect.observed in ("seen", "partly"))
        self.assertEqual(set(seen.mapped("horizon")), {"short", "medium"})

    def test_thread_complete_then_one_link_removed(self):
        self.assertEqual(self.mission.get_thread()["orphans"], [])
        self.mission.commitment_ids[0].workshop_id = False
        self.assertEqual(
            {orphan["name"] for orphan in self.mission.get_thread()["orphans"]}, {"no_action", "no_finding"}
        )
