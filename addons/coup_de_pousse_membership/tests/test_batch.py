"""Background work: as who asked for it, without the units that fail, and each failure taken for what it is."""

from odoo.exceptions import LockError, UserError, ValidationError
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2.errors import LockNotAvailable

from ..models.common.batch import attempt, explain, isolate, run_as

LOGGER = "odoo.addons.coup_de_pousse_membership.models.common.batch"


@tagged("post_install", "-at_install")
class TestBatch(TransactionCase):
    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].create([{"name": f"Unit {index}"} for index in range(9)])
        self.tries = []

    def mark(self, culprits, error=UserError):
        """Return some work on partners that fails as soon as one of these is among them."""

        def work(partners):
            self.tries.append(len(partners))
            partners.write({"comment": "Done"})
            if partners & culprits:
                raise error("Not this one")

        return work

    # ---- isolate ----

    def test_all_at_once_where_none_fails(self):
        isolate(self.env, self.partners, self.mark(self.partners.browse()), self.fail)
        self.assertEqual(self.tries, [9])
        self.assertEqual(len(self.partners.filtered("comment")), 9)

    def test_culprits_are_found_and_the_others_done(self):
        culprits = self.partners[2] | self.partners[7]
        refused = []
        isolate(self.env, self.partners, self.mark(culprits), lambda unit, error: refused.append((unit, str(error))))
        self.assertEqual(refused, [(culprit, "Not this one") for culprit in culprits])
        self.assertEqual(self.partners.filtered("comment"), self.partners - culprits)
        self.assertLess(len(self.tries), 2 * 9)

    def test_an_unexpected_error_has_its_culprit_too(self):
        refused = []
        isolate(self.env, list(self.partners), self.each(self.partners[4]), lambda unit, _error: refused.append(unit))
        self.assertEqual(refused, [self.partners[4]])

    def each(self, culprit):
        work = self.mark(culprit, ZeroDivisionError)
        return lambda units: work(self.partners.union(*units) if len(units) > 1 else units[0])

    def test_what_the_database_refuses_when_it_is_written(self):
        """The units are written before they count as done, so that a failure is not another's."""
        refused = []

        def work(partners):
            for partner in partners:
                partner.rna = "W44" if partner.name[-1] == "3" else False

        isolate(self.env, self.partners, work, lambda unit, error: refused.append((unit, type(error))))
        self.assertEqual(refused, [(self.partners[3], ValidationError)])

    def test_nothing_to_do(self):
        isolate(self.env, [], self.fail, self.fail)

    # ---- a failure that passes with time ----

    def test_a_lock_comes_through(self):
        """Who was busy is no culprit: the work is tried again later."""
        partner = self.env.ref("base.main_partner")
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute("SELECT id FROM res_partner WHERE id = %s FOR UPDATE", [partner.id])
            with self.assertRaises(LockError):
                isolate(self.env, [partner, *self.partners], lambda units: units[0].lock_for_update(), self.fail)
            with self.assertRaises(LockNotAvailable), mute_logger("odoo.sql_db"):
                attempt(self.env, lambda: self.lock(partner))
        self.assertIsNone(attempt(self.env, lambda: self.lock(partner)), "the transaction goes on")

    def lock(self, partner):
        self.env.cr.execute("SELECT id FROM res_partner WHERE id = %s FOR UPDATE NOWAIT", [partner.id])

    # ---- one trial ----

    def test_what_fails_leaves_no_trace(self):
        error = attempt(self.env, lambda: self.mark(self.partners)(self.partners))
        self.assertIsInstance(error, UserError)
        self.assertFalse(self.partners.filtered("comment"))

    def test_a_trial_only(self):
        self.assertIsNone(attempt(self.env, lambda: self.partners.write({"comment": "Tried"}), keep=False))
        self.assertFalse(self.partners.filtered("comment"))

    # ---- as whom, and what is said ----

    def test_as_who_asked_for_it(self):
        user = new_test_user(self.env, "asks_for_work", groups="base.group_user", lang="en_US", tz="Europe/Paris")
        company = user.company_id
        records = run_as(self.partners, user, company, association_quiet=True)
        self.assertEqual((records.env.user, records.env.company, records.env.companies), (user, company, company))
        context = records.env.context
        self.assertEqual(
            (context["lang"], context["tz"], context["association_quiet"]), ("en_US", "Europe/Paris", True)
        )

    def test_a_reason_is_given_as_it_is(self):
        with self.assertNoLogs(LOGGER):
            self.assertEqual(explain(self.env, UserError("No figure"), "The call"), "No figure")

    def test_what_was_not_expected_is_logged(self):
        with self.assertLogs(LOGGER, "ERROR") as logged:
            sentence = explain(self.env, ZeroDivisionError("by zero"), "The call")
        self.assertIn("ZeroDivisionError", sentence)
        self.assertNotIn("by zero", sentence)
        self.assertIn("The call failed", logged.output[0])
        self.assertIn("by zero", logged.output[0])
