"""Lists are sorted as one sorts them in French, on a machine with a French locale or without."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import cluster, collation, database
from launcher.source import debian

SORTED = ["Amiens", "À table", "Eau", "échelle", "Écho", "étang", "Fin", "Zoé"]


class TestCollation(unittest.TestCase):
    """A PostgreSQL of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)
        patched = mock.patch.object(cluster, "STATE", self.folder)
        patched.start()
        self.addCleanup(patched.stop)

    def make(self):
        """Return a server with a database "product"."""
        own = cluster.Cluster("sorted", careless=True)
        self.addCleanup(own.stop)
        server = own.start()
        database.Database(server, "product", None, self.folder).make_empty("product")
        return server

    def sort(self, server, words):
        values = ", ".join(f"('{word}')" for word in words)
        return [row[0] for row in server.query(f"SELECT x FROM (VALUES {values}) AS t(x) ORDER BY x", "product")]  # noqa: S608 - our own words

    def check(self, server):
        self.assertEqual(self.sort(server, reversed(SORTED)), SORTED)
        self.assertEqual(server.query("SELECT 'ÉTÉ' ILIKE 'été', lower('ÀÉÎ'), upper('œç')", "product"),
                         [["t", "àéî", "ŒÇ"]])  # fmt: skip
        self.assertEqual(server.query("SELECT 'e' = 'é', unaccent('é')", "product"), [["f", "e"]])

    def test_e_acute_comes_after_e(self):
        self.check(self.make())

    def test_where_the_system_has_no_french(self):
        with mock.patch.object(collation, "_system_has_it", return_value=False):
            server = self.make()
            self.check(server)
            self.assertTrue(list(self.folder.glob(f"locale-*/{collation.LOCALE}/LC_COLLATE")))

    @unittest.skipUnless(debian.is_debian(), "not a Debian machine: no package comes from its mirror")
    def test_where_the_system_has_not_even_the_sources(self):
        with (
            mock.patch.object(collation, "_system_has_it", return_value=False),
            mock.patch.object(collation, "_SOURCES", self.folder / "nowhere"),
            mock.patch.object(collation, "cache", return_value=self.folder / "cache"),
        ):
            self.check(self.make())

    def test_a_server_without_any_french_gets_a_sentence(self):
        said = []
        with (
            mock.patch.object(collation, "locale_folder", return_value=None),
            mock.patch.object(collation, "CLAUSES", ("LOCALE_PROVIDER icu ICU_LOCALE 'no such'",)),
            mock.patch.object(collation, "warn", said.append),
        ):
            server = self.make()
        self.assertEqual(server.query("SELECT 1", "product"), [["1"]])
        self.assertIn("É will come after Z", said[0])

    def test_indexes_are_sorted_anew_after_the_order_changed(self):
        server = self.make()
        server.query("CREATE TABLE t (x text UNIQUE); INSERT INTO t VALUES ('é'), ('e')", "product")
        node = "SELECT pg_relation_filenode('t_x_key')"
        before = server.query(node, "product")
        collation.renew(server, "product")
        self.assertEqual(server.query(node, "product"), before)
        server.query("UPDATE pg_database SET datcollversion = '1.0' WHERE datname = 'product'")
        collation.renew(server, "product")
        self.assertNotEqual(server.query(node, "product"), before)
        known = "SELECT datcollversion = pg_database_collation_actual_version(oid) FROM pg_database WHERE datname = 'product'"
        self.assertEqual(server.query(known), [["t"]])
