"""A backup holds the database and its files, and gives both back as they were, or nothing at all."""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from launcher import backup, database, test_databases
from launcher.say import Problem

COMPARE = Path(__file__).resolve().parent / "upgrade" / "compare.py"
RESTORED = "coup_de_pousse_test_restored"


class TestBackup(unittest.TestCase):
    """A French database with Odoo's modules, and some letters with accents."""

    @classmethod
    def setUpClass(cls):
        server = test_databases.server()
        cls.server = server.__enter__()
        cls.addClassCleanup(server.__exit__, None, None, None)
        cls.base = test_databases.fresh(cls.server, "backup")
        cls.addClassCleanup(cls.base.drop)
        cls.server.query("UPDATE res_partner SET name = 'Écho d''Été — ' || id", cls.base.name)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.archive = cls.folder / "archive.tar"
        cls.packed = backup.write_archive(cls.base, cls.archive, mock.Mock())

    def setUp(self):
        self.restored = database.Database(self.server, RESTORED, self.base.conf, self.base.data_dir)
        self.addCleanup(self.restored.drop)
        self.addCleanup(self.restored.drop, f"{RESTORED}_restoring")

    def restore(self, archive):
        return backup.read_archive(self.restored, archive, mock.Mock())

    def sums(self, base):
        """Return what a treasurer would compare: how many, and how much."""
        return self.server.query(
            """SELECT (SELECT count(*) FROM res_partner), (SELECT count(*) FROM account_account),
                      (SELECT sum(amount) FROM account_tax), (SELECT count(*) FROM ir_attachment),
                      (SELECT sum(file_size) FROM ir_attachment)""",
            base.name,
        )

    def files(self, base):
        """Return the digest of each file."""
        paths = (path for path in base.files().glob("??/*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def test_what_comes_back_is_what_went_in(self):
        self.assertEqual(self.restore(self.archive), self.packed)
        self.assertGreater(self.packed, 0)
        self.assertEqual(self.sums(self.restored), self.sums(self.base))
        self.assertEqual(self.files(self.restored), self.files(self.base))
        done = subprocess.run(
            [sys.executable, COMPARE, f"dbname={self.base.name}", f"dbname={RESTORED}"],
            env=self.server.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(" 0 differences", done.stdout)

    def test_indexes_without_accents_come_back(self):
        self.restore(self.archive)
        count = "SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%unaccent(%'"
        self.assertGreater(int(self.server.query(count, self.base.name)[0][0]), 0)
        self.assertEqual(self.server.query(count, RESTORED), self.server.query(count, self.base.name))

    def test_the_archive_and_what_comes_out_of_it_is_its_owner_s(self):
        self.restore(self.archive)
        self.assertEqual(self.archive.stat().st_mode & 0o077, 0)
        for path in self.restored.files().glob("??/*"):
            self.assertEqual(path.stat().st_mode & 0o077, 0)

    def test_a_file_written_during_the_backup_is_in_it(self):
        late = b"written while the database was dumped"
        path = self.base.files() / (name := hashlib.sha1(late, usedforsecurity=False).hexdigest())[:2] / name
        self.addCleanup(path.unlink)
        dump = backup.run_postgres

        def dump_and_write(*arguments):
            dump(*arguments)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(late)

        with mock.patch.object(backup, "run_postgres", dump_and_write):
            backup.write_archive(self.base, self.folder / "late.tar", mock.Mock())
        with tarfile.open(self.folder / "late.tar") as archive:
            self.assertIn(f"filestore/{name[:2]}/{name}", archive.getnames())

    def test_an_archive_is_not_replaced(self):
        with self.assertRaisesRegex(Problem, "is not replaced"):
            backup.backup(SimpleNamespace(database="product", file=str(self.archive)))

    def test_an_interrupted_backup_leaves_no_archive(self):
        interrupted = mock.patch.object(backup, "run_postgres", side_effect=KeyboardInterrupt)
        with interrupted, self.assertRaises(KeyboardInterrupt):
            backup.write_archive(self.base, self.folder / "cut.tar", mock.Mock())
        self.assertEqual(list(self.folder.glob("*cut*")), [])

    def altered(self, change):
        """Return a copy of the archive, each member's content given to ``change(name, content)``."""
        path = self.folder / "altered.tar"
        with tarfile.open(self.archive) as old, tarfile.open(path, "w") as new:
            for member in old:
                content = change(member.name, old.extractfile(member).read())
                if content is not None:
                    member.size = len(content)
                    new.addfile(member, io.BytesIO(content))
        return path

    def test_what_is_damaged_is_refused_and_nothing_restored(self):
        cut, none = self.folder / "cut.tar", self.folder / "none.tar"
        cut.write_bytes(self.archive.read_bytes()[: self.archive.stat().st_size // 2])
        none.write_text("no archive")
        bad = {
            "a changed file": self.altered(lambda name, text: text[:-1] + b"?" if "filestore" in name else text),
            "a cut archive": cut,
            "no archive": none,
            "no file": self.folder / "nowhere.tar",
        }
        for kind, path in bad.items():
            with self.subTest(kind), self.assertRaisesRegex(Problem, "Nothing was restored"):
                self.restore(path)
            self.assertNotIn(RESTORED, self.server.databases())
        without = self.altered(lambda name, text: None if name == "database.dump" else text)
        with self.assertRaisesRegex(Problem, "no backup made by"):
            self.restore(without)
        broken = self.altered(lambda name, text: text[:-4000] if name == "database.dump" else text)
        with self.assertRaisesRegex(Problem, "pg_restore failed"):
            self.restore(broken)
        self.assertNotIn(RESTORED, self.server.databases())
        self.assertEqual(self.restore(self.archive), self.packed, "and then the whole one can be")

    def test_names_that_lead_elsewhere_are_passed_over(self):
        path = self.folder / "foreign.tar"
        with tarfile.open(self.archive) as old, tarfile.open(path, "w") as new:
            for name in ("../outside", "filestore/../../outside", "/outside", "filestore/ab/../../../outside"):
                member = tarfile.TarInfo(name)
                member.size = 1
                new.addfile(member, io.BytesIO(b"x"))
            for member in old:
                new.addfile(member, old.extractfile(member))
        self.assertEqual(self.restore(path), self.packed)
        self.assertEqual(list(self.base.data_dir.rglob("outside")), [])
