"""What CI runs: the linters come first, the tests run whatever they say, and either one makes it fail."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


class TestCi(unittest.TestCase):
    """The script, in a folder where the launcher only says what it was asked."""

    def run_with(self, lint, test):
        """Return ``(status, lines)`` where the two commands end as given."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / ".ci").mkdir()
            shutil.copy2(CHECKOUT / ".ci" / "run", Path(folder) / ".ci" / "run")
            launcher = Path(folder) / "cdp"
            launcher.write_text(f"#!/bin/sh\necho $1 was run\n[ $1 = lint ] && exit {lint}\nexit {test}\n")
            launcher.chmod(0o755)
            done = subprocess.run(
                [f"{folder}/.ci/run"], cwd="/", capture_output=True, text=True, check=False, timeout=60
            )
        return done.returncode, done.stdout.splitlines()

    def test_the_tests_have_the_last_word_and_either_one_makes_it_fail(self):
        for lint, test, status in ((0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1)):
            with self.subTest(lint=lint, test=test):
                self.assertEqual(self.run_with(lint, test), (status, ["lint was run", "test was run"]))
