"""Workers of a campaign are killed at any moment: each recipient is called exactly once all the same."""

import contextlib
import json
import subprocess
import unittest
from pathlib import Path

from launcher import environment, places, test_databases

ADDON = "coup_de_pousse_membership"
PROGRAM = Path(__file__).with_name("campaign_crash.py")


class TestCampaignCrash(unittest.TestCase):
    """One story (see ``campaign_crash.py``), told once: launched twice, killed, finished beside a lock."""

    @classmethod
    def setUpClass(cls):
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        base = test_databases.fresh(stack.enter_context(test_databases.server()), "crash")
        cls.addClassCleanup(base.drop)
        options = ["-c", base.conf, "-d", base.name, "--log-level=warn"]
        cls.run_python("-c", "import odoo.cli; odoo.cli.main()", *options, "-i", ADDON, "--stop-after-init")
        output = cls.run_python(PROGRAM, *options)
        cls.seen = json.loads(output.splitlines()[-1])

    @staticmethod
    def run_python(*arguments):
        """Run Odoo's Python to its end; return what it printed."""
        done = subprocess.run(
            [str(part) for part in (environment.python(), *arguments)],
            cwd=places.CHECKOUT, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"It ended with status {done.returncode}:\n{done.stderr[-4000:]}")
        return done.stdout

    def test_killed_at_least_ten_times_in_the_middle(self):
        self.assertGreaterEqual(self.seen["kills"], 10)
        before_the_end = self.seen["by_kill"][:-2]
        self.assertLess(max(before_the_end), self.seen["to_call"][0], "the kills came while there was work left")

    def test_nothing_half_done_at_any_time(self):
        self.assertEqual(self.seen["broken"], [])

    def test_everybody_is_called_once_for_what_was_previewed(self):
        count, total = self.seen["to_call"]
        self.assertEqual((self.seen["state"], self.seen["called"], self.seen["invoiced"]), ("done", count, total))
        self.assertEqual(self.seen["shared"], 1, "four members of one payer share one call")

    def test_launched_from_two_browsers_at_once(self):
        self.assertEqual(self.seen["launches"], ["launched", "refused"])

    def test_a_contact_merged_after_the_launch_is_called_once(self):
        (before, _total), (after, _sum) = self.seen["previewed"], self.seen["to_call"]
        self.assertEqual(after, before - 1)

    def test_a_recipient_s_contact_is_not_deleted(self):
        self.assertEqual(self.seen["deleting"], "refused")

    def test_a_lock_on_one_contact_sets_that_one_aside(self):
        self.assertEqual(self.seen["aside"], [[True, "busy"]])
