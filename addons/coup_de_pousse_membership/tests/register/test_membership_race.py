"""Two people prepare the same membership at the same time, each in a real transaction of its own."""

import threading
import time

import psycopg2
from odoo import SUPERUSER_ID, api
from odoo.sql_db import Cursor, db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestMembershipRace(TransactionCase):
    """The tests' own transaction is never committed: these need committed rows, and remove them."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)
        with self.database.cursor() as cr:
            env = self.environment(cr)
            partner = env["res.partner"].create({"name": "Called twice at once", "is_company": True})
            self.member_id = (
                env["association.member"].create({"partner_id": partner.id, "company_id": env.company.id}).id
            )
        self.addCleanup(self.remove)

    def environment(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def remove(self):
        with self.database.cursor() as cr:
            member = self.environment(cr)["association.member"].browse(self.member_id)
            member.membership_ids.unlink()
            partner = member.partner_id
            member.unlink()
            partner.unlink()

    def add_membership(self, env, **values):
        env["association.membership"].create(
            {
                "member_id": self.member_id,
                "amount": 50,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                **values,
            }
        )
        env.flush_all()

    def wait_until_blocked(self, cr, pid):
        """Wait for the other transaction to stand at our row: without that the race proves nothing."""
        for _attempt in range(200):
            cr.execute("SELECT cardinality(pg_blocking_pids(%s))", [pid])
            if cr.fetchone()[0]:
                return
            time.sleep(0.02)
        self.fail("The second transaction did not wait for the first one.")

    def add_second(self, env, started, met, **values):
        started.set()
        try:
            self.add_membership(env, **values)
            env.cr.commit()
        except psycopg2.Error as error:
            met.append(error)
            env.cr.rollback()

    def race(self, first_ends, **second):
        """Add a membership in one transaction, and another before the first has ended.

        :param first_ends: how the first transaction ends (a function of its cursor).
        :return: the error that the second one met, or None.
        """
        started, met = threading.Event(), []
        with self.database.cursor() as cr, self.database.cursor() as other:
            other.execute("SELECT pg_backend_pid()")
            pid = other.fetchone()[0]
            # Made here: while tests run, this thread alone may ask for the registry.
            env, other_env = self.environment(cr), self.environment(other)
            self.add_membership(env)

            thread = threading.Thread(target=self.add_second, args=(other_env, started, met), kwargs=second)
            thread.start()
            started.wait()
            self.wait_until_blocked(cr, pid)
            first_ends(cr)
            thread.join(20)
            self.assertFalse(thread.is_alive())
        return met[0] if met else None

    def memberships(self):
        with self.database.cursor() as cr:
            return self.environment(cr)["association.member"].browse(self.member_id).membership_ids.ids

    @mute_logger("odoo.sql_db")
    def test_of_two_at_once_one_is_kept(self):
        error = self.race(Cursor.commit)
        self.assertIsInstance(error, psycopg2.errors.ExclusionViolation)
        self.assertEqual(error.diag.constraint_name, "association_membership_no_overlap")
        self.assertEqual(len(self.memberships()), 1)

    @mute_logger("odoo.sql_db")
    def test_a_period_that_only_overlaps_is_refused_too(self):
        error = self.race(Cursor.commit, date_from="2026-12-31", date_to="2027-12-30")
        self.assertIsInstance(error, psycopg2.errors.ExclusionViolation)
        self.assertEqual(len(self.memberships()), 1)

    def test_the_second_stands_where_the_first_gave_up(self):
        error = self.race(Cursor.rollback)
        self.assertIsNone(error)
        self.assertEqual(len(self.memberships()), 1)
