"""Where Odoo comes from: upstream's git, an interrupted fetch, two launchers at once, nothing in reach."""

import json
import os
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from launcher.say import Problem
from launcher.source import debian, obtain, upstream
from test_launcher_parts import make_tree


class TestSource(unittest.TestCase):
    """A local git repository stands in for upstream."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.upstream = make_tree(self.folder / "upstream")
        (self.upstream / "odoo-bin").write_text("#!/usr/bin/env python3\n")
        self.git("init", "-q", "-b", "19.0")
        self.git("add", ".")
        self.git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "One")
        self.cache = self.folder / "cache" / "coup-de-pousse"
        environment = mock.patch.dict(os.environ, {"XDG_CACHE_HOME": str(self.folder / "cache")})
        environment.start()
        self.addCleanup(environment.stop)
        self.url = f"file://{self.upstream}"

    def git(self, *arguments):
        subprocess.run(["git", "-C", str(self.upstream), *arguments], check=True)

    def options(self, **more):
        return SimpleNamespace(**{"odoo": None, "odoo_from": "auto", "odoo_git": self.url, **more})

    def test_upstreams_branch_is_cloned_into_the_cache(self):
        tree = obtain.find(self.options())
        self.assertEqual(tree.root, self.cache / "odoo-19.0-git")
        self.assertTrue((tree.root / "odoo-bin").exists())
        depth = subprocess.run(
            ["git", "-C", str(tree.root), "rev-list", "--count", "HEAD"], capture_output=True, text=True, check=True
        )
        self.assertEqual(depth.stdout.strip(), "1")

    def test_what_is_in_the_cache_is_used_without_upstream(self):
        obtain.find(self.options())
        self.upstream.rename(self.folder / "gone")
        self.assertEqual(obtain.find(self.options()).version, "19.0")
        self.assertEqual(obtain.find(self.options(odoo_git=None)).version, "19.0")

    def test_a_half_made_tree_is_never_used_and_made_anew(self):
        clone = upstream.clone

        def cut_off(url, folder):
            clone(url, folder)
            raise KeyboardInterrupt

        with mock.patch.object(upstream, "clone", cut_off), self.assertRaises(KeyboardInterrupt):
            obtain.find(self.options())
        (half_made,) = self.cache.glob(".making-*")
        self.assertTrue((half_made / "odoo-bin").exists())
        self.assertIsNone(obtain._cached(None))
        self.assertEqual(obtain.find(self.options()).version, "19.0")
        self.assertFalse(list(self.cache.glob(".making-*")))

    def test_a_tree_without_its_mark_is_never_used(self):
        tree = obtain.find(self.options())
        (tree.root / ".complete.json").unlink()
        self.assertIsNone(obtain._cached(None))
        obtain.find(self.options())
        self.assertTrue((tree.root / ".complete.json").exists())

    def test_two_launchers_fetch_once(self):
        clone, calls, found = upstream.clone, [], []

        def counted(url, folder):
            calls.append(folder)
            return clone(url, folder)

        with mock.patch.object(upstream, "clone", counted):
            threads = [threading.Thread(target=lambda: found.append(obtain.find(self.options()))) for _ in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(len(calls), 1)
        self.assertEqual(len({tree.root for tree in found}), 1)

    def test_upstream_serves_when_debians_package_is_gone(self):
        with mock.patch.object(debian, "is_debian", return_value=True), \
             mock.patch.object(debian, "fetch", side_effect=Problem("odoo-19 is no more")), \
             mock.patch.object(obtain, "UPSTREAM_GIT", self.url):  # fmt: skip
            tree = obtain.find(self.options(odoo_git=None))
        self.assertEqual(tree.root, self.cache / "odoo-19.0-git")

    def test_nothing_in_reach_gets_a_sentence(self):
        with mock.patch.object(debian, "is_debian", return_value=True), \
             mock.patch.object(debian, "fetch", side_effect=Problem("no route to the mirror")), \
             mock.patch.object(obtain, "UPSTREAM_GIT", f"file://{self.folder}/nowhere"), \
             self.assertRaises(Problem) as caught:  # fmt: skip
            obtain.find(self.options(odoo_git=None))
        for part in ("no route to the mirror", "nowhere", "start again", "--odoo PATH"):
            self.assertIn(part, str(caught.exception))

    def test_the_fetched_packages_outlive_an_interrupted_unpacking(self):
        def fetch(folder):
            package = folder / "debs" / "odoo-19_1.0_all.deb"
            package.parent.mkdir(exist_ok=True)
            package.write_text("")
            return "1.0", [package]

        with mock.patch.object(debian, "fetch", fetch), mock.patch.object(debian, "unpack", side_effect=KeyboardInterrupt), \
             self.assertRaises(KeyboardInterrupt):  # fmt: skip
            obtain.find(self.options(odoo_git=None, odoo_from="debian"))
        self.assertTrue((self.cache / "debian" / "debs" / "odoo-19_1.0_all.deb").exists())
        self.assertIsNone(obtain._cached(None))

    def test_the_disk_must_have_room(self):
        with mock.patch("shutil.disk_usage", return_value=SimpleNamespace(free=5_000_000)), \
             self.assertRaisesRegex(Problem, "Only 5 MB are free .* XDG_CACHE_HOME"):  # fmt: skip
            debian.fetch(self.folder)

    def test_the_mark_tells_the_origin(self):
        tree = obtain.find(self.options())
        self.assertEqual(json.loads((tree.root / ".complete.json").read_text())["origin"], f"git {self.url}")
