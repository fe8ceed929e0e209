"""The same button clicked several times at once, each click in a real transaction of its own."""

import threading
import time

import psycopg2
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase
from odoo.tools import mute_logger

#: What Odoo does again from its beginning when it happens to a request.
DONE_AGAIN = (psycopg2.errors.SerializationFailure, psycopg2.errors.DeadlockDetected)


class RaceCase(TransactionCase):
    """The tests' own transaction is never committed: these need committed rows, and remove them."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)

    def environment(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "mail_create_nolog": True})

    def commit(self, work):
        """Do some work in a transaction of its own, and keep it."""
        with self.database.cursor() as cr:
            return work(self.environment(cr))

    def make(self, model, vals):
        """Create a committed record, which is removed once the test is over; return its id."""
        record_id = self.commit(lambda env: env[model].create(vals).id)
        self.addCleanup(self.commit, lambda env: env[model].browse(record_id).exists().unlink())
        return record_id

    def count(self, model, domain):
        return self.commit(lambda env: env[model].search_count(domain))

    def assert_once(self, model, domain, click, sentence=None, times=2, made=1):
        """Check that several clicks at once make what one makes, and that the later ones meet a sentence or nothing."""
        before = self.count(model, domain)
        with mute_logger("odoo.sql_db"):
            met = self.click_at_once(click, times)
        self.assertEqual(self.count(model, domain) - before, made)
        for error in met:
            self.assertIsInstance(error, UserError)
        if sentence:
            self.assertEqual([sentence in str(error) for error in met], [True] * (times - 1), met)

    def click_at_once(self, click, times=2):
        """Click so many times: all have read the database before the first one is through.

        What PostgreSQL refuses as outdated is done again, as Odoo does with a request.

        :param click: a function of an environment.
        :return: the sentences that the later ones met.
        """
        cursors = [self.database.cursor() for _time in range(times)]
        met = []
        try:
            pids = []
            for cr in cursors:
                cr.execute("SELECT pg_backend_pid()")  # the moment at which the transaction reads the database
                pids.append(cr.fetchone()[0])
            # Made here: while tests run, this thread alone may ask for the registry.
            environments = [self.environment(cr) for cr in cursors]
            click(environments[0])
            environments[0].flush_all()
            threads = [threading.Thread(target=self._click, args=(click, env, met)) for env in environments[1:]]
            for thread in threads:
                thread.start()
            self._wait_for_all(threads, pids[1:])
            cursors[0].commit()
            for thread in threads:
                thread.join(60)
                self.assertFalse(thread.is_alive())
        finally:
            for cr in cursors:
                cr.close()
        return met

    def _click(self, click, env, met):
        for _try in range(10):
            try:
                click(env)
                env.flush_all()
                env.cr.commit()
                return
            except DONE_AGAIN:
                env.cr.rollback()
            except (UserError, psycopg2.IntegrityError) as error:
                env.cr.rollback()
                met.append(error)
                return
        met.append(AssertionError("never through"))

    def _wait_for_all(self, threads, pids):
        """Wait until each later click stands before what the first one holds, or is through: it was too late then."""
        with self.database.cursor() as cr:
            for _attempt in range(500):
                cr.execute("SELECT count(*) FROM unnest(%s) pid WHERE cardinality(pg_blocking_pids(pid)) > 0", [pids])
                if cr.fetchone()[0] >= sum(thread.is_alive() for thread in threads):
                    return
                time.sleep(0.02)
        self.fail("The later clicks neither waited for the first one nor ended.")
