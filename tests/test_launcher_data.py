"""The launcher removes no data by itself, stops nobody else's PostgreSQL, and copes with damaged files of its own."""

import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import cluster, database, environment, locks, places, processes
from launcher.say import Problem


class InState(unittest.TestCase):
    """A folder stands in for the checkout's .cdp."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)  # PostgreSQL's own user is to enter
        for target in ("launcher.cluster.STATE", "launcher.places.STATE"):
            patched = mock.patch(target, self.folder)
            patched.start()
            self.addCleanup(patched.stop)
        self.said = io.StringIO()
        patched = mock.patch("launcher.say._to", self.said)
        patched.start()
        self.addCleanup(patched.stop)
        errors = contextlib.redirect_stderr(self.said)
        errors.__enter__()
        self.addCleanup(errors.__exit__, None, None, None)

    def start(self, name="own"):
        """Start a cluster that is stopped with the test."""
        own = cluster.Cluster(name, careless=True)
        own.start()
        self.addCleanup(own.stop)
        return own

    def with_data(self, name="own"):
        """Return a stopped cluster in which something was kept."""
        own = self.start(name)
        own.server.query("CREATE TABLE kept AS SELECT 'what was typed in' AS text")
        own.stop()
        return own

    def assert_kept(self, own):
        self.assertEqual(own.server.query("SELECT text FROM kept"), [["what was typed in"]])


class TestClusterData(InState):
    def test_a_database_without_the_mark_of_its_making_is_used_as_it_is(self):
        (self.with_data().data / "complete").unlink()
        self.assert_kept(self.start())

    def test_what_is_no_whole_database_is_moved_aside(self):
        own = self.with_data()
        (own.data / "PG_VERSION").unlink()
        before = {path.relative_to(own.data) for path in own.data.rglob("*")}
        self.assertEqual(self.start().server.query("SELECT 1"), [["1"]])
        (aside,) = self.folder.glob("postgresql-own.aside-*")
        self.assertEqual({path.relative_to(aside) for path in aside.rglob("*")}, before)
        self.assertIn(str(aside), self.said.getvalue())

    def test_a_lost_or_damaged_password_is_renewed(self):
        own = self.with_data()
        for text in (None, "", "{", "[1]", '{"port": 1}', '{"password": "another"}', '{"password": 5}'):
            with self.subTest(text=text):
                own.note.unlink() if text is None else own.note.write_text(text)
                again = self.start()
                self.assert_kept(again)
                self.assertEqual(own.note.stat().st_mode & 0o077, 0)
                again.stop()
        self.assertIn("The data are as they were", self.said.getvalue())
        self.assertNotIn("reset", self.said.getvalue())

    def test_a_note_damaged_while_it_runs_gets_a_sentence(self):
        own = self.start()
        own.note.write_text("")
        with self.assertRaisesRegex(Problem, "empty or damaged.*start it again") as caught:
            cluster.Cluster("own").running()
        self.assertNotIn("reset", str(caught.exception))

    def test_what_does_not_start_is_left_as_it_is(self):
        own = self.with_data()
        control = own.data / "global" / "pg_control"
        whole = control.read_bytes()
        control.write_bytes(bytes(len(whole)))
        with self.assertRaisesRegex(Problem, "were left as they are") as caught:
            self.start()
        self.assertNotIn("reset", str(caught.exception))
        control.write_bytes(whole)
        self.assert_kept(self.start())


class TestOtherProcesses(InState):
    def test_another_postgresql_that_got_the_number_is_left_alone(self):
        other = self.start("other")
        own = self.with_data()
        (own.data / "postmaster.pid").write_text(f"{other.process.pid}\n{own.data}\n1\n1\n\n127.0.0.1\n")
        self.assert_kept(self.start())
        self.assertEqual(other.server.query("SELECT 1"), [["1"]])
        self.assertIsNone(other.process.poll())

    def test_one_that_outlived_its_launcher_is_ended(self):
        self.with_data()
        first = self.start()
        self.assert_kept(self.start())
        self.assertTrue(processes.wait_until(lambda: first.process.poll() is not None, 10))

    def test_one_without_a_lock_file_is_ended_as_well(self):
        self.with_data()
        first = self.start()
        (first.data / "postmaster.pid").unlink()
        self.assert_kept(self.start())
        self.assertTrue(processes.wait_until(lambda: first.process.poll() is not None, 10))


class TestDatabases(InState):
    def setUp(self):
        super().setUp()
        self.server = self.start().server
        self.base = database.Database(self.server, "product", None, self.folder / "data")

    def file(self, name):
        """Put a file into a database's folder of files."""
        path = self.base.files(name) / "ab" / "abc"
        path.parent.mkdir(parents=True)
        path.write_text("a file")
        return path

    def test_files_of_a_former_database_are_moved_aside(self):
        self.file("product")
        self.file("product_making")
        self.base.make_empty("product_making")
        self.base.rename("product_making")
        self.assertTrue((self.base.files() / "ab" / "abc").exists())
        (aside,) = self.base.files().parent.glob("product.aside-*")
        self.assertEqual((aside / "ab" / "abc").read_text(), "a file")
        self.assertIn(str(aside), self.said.getvalue())

    def test_a_database_of_somebody_else_keeps_its_data_under_another_name(self):
        self.server.query("CREATE DATABASE product_making")
        self.server.query("CREATE TABLE kept (x int)", "product_making")
        self.base.clear("product_making")
        (renamed,) = (name for name in self.server.databases() if name.startswith("product_making_"))
        self.assertEqual(self.server.query("SELECT count(*) FROM kept", renamed), [["0"]])
        self.assertIn(renamed, self.said.getvalue())

    def test_what_a_launcher_left_unfinished_goes(self):
        self.base.make_empty("product_making")
        self.base.clear("product_making")
        self.assertEqual({name for name in self.server.databases() if name.startswith("product")}, set())

    def test_what_the_addons_looked_like_may_be_damaged(self):
        self.base.make_empty("product")
        self.server.query("CREATE TABLE ir_config_parameter (key text UNIQUE, value text)", "product")
        for value in ("", "{", "[1]", "null", '{"one": "x"}'):
            self.base._set_parameter("coup_de_pousse.addons", value)
            self.assertEqual(self.base._installed(), {"one": "x"} if "one" in value else {})

    def test_the_address_in_use_is_the_one_that_links_name(self):
        self.base.make_empty("product")
        self.server.query("CREATE TABLE ir_config_parameter (key text UNIQUE, value text)", "product")

        def parameters():
            rows = self.server.query("SELECT key, value FROM ir_config_parameter ORDER BY key", "product")
            return dict(rows)

        here, there = "http://127.0.0.1:8070", "http://127.0.0.1:8071"
        self.base.set_address(here)
        self.assertEqual(parameters(), {"web.base.url": here})
        self.base.set_address(there)
        self.assertEqual(parameters(), {"web.base.url": there})
        public = "https://d'ici.example.org"
        behind = {"web.base.url": public, "web.base.url.freeze": "True", "report.url": here}
        self.base.set_address(here, public)
        self.assertEqual(parameters(), behind)
        self.base.set_address(there)
        self.assertEqual(parameters(), {**behind, "report.url": there})


class TestStateFiles(InState):
    def test_a_damaged_lock_file(self):
        for text in ("", "{", "[1]", "\0\0"):
            path = self.folder / "a.lock"
            path.write_text(text)
            with locks.lock(path, wait=False), self.assertRaises(locks.Held), locks.lock(path, wait=False):
                pass
            path.write_text(text)
            with open(path, encoding="utf-8") as handle:
                self.assertEqual(locks.read_note(handle), {})

    def test_a_damaged_mark_of_the_environment(self):
        for text in ("", "{", "[1]", '{"base": 1}', '{"files": 1}', "\0"):
            (self.folder / "complete.json").write_text(text)
            self.assertEqual(environment._read(self.folder / "complete.json"), {})


class TestPrivacy(InState):
    def test_data_and_logs_are_readable_by_their_owner_only(self):
        own = self.start()
        for path in (own.data, self.folder / "log", places.private_folder(self.folder / "data")):
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)
        for path in (own.log, own.note):
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)

    def test_a_folder_that_others_could_enter_is_closed(self):
        (self.folder / "log").mkdir(mode=0o755, exist_ok=True)
        os.chmod(self.folder / "log", 0o755)  # noqa: S103 - as it was made before
        self.assertEqual(places.log_folder().stat().st_mode & 0o777, 0o700)
