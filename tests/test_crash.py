"""Workers are killed at any moment: nobody is called, written to or credited twice, and nobody is forgotten."""

import contextlib
import json
import subprocess
import unittest
from pathlib import Path

from launcher import environment, places, test_databases

ADDON = "coup_de_pousse_membership"
#: Told one after the other in one database: the calls made by the first are sent, then paid, and gifts have receipts.
STORIES = ("campaign", "sending", "payment", "receipt", "clicks")
seen = {}


def setUpModule():
    """Tell the stories, each by its program (``…_crash.py``)."""
    stack = contextlib.ExitStack()
    unittest.addModuleCleanup(stack.close)
    base = test_databases.fresh(stack.enter_context(test_databases.server()), "crash")
    unittest.addModuleCleanup(base.drop)
    options = ["-c", base.conf, "-d", base.name, "--log-level=warn"]
    run_python("-c", "import odoo.cli; odoo.cli.main()", *options, "-i", ADDON, "--stop-after-init")
    for story in STORIES:
        output = run_python(Path(__file__).with_name(f"{story}_crash.py"), *options)
        seen[story] = json.loads(output.splitlines()[-1])


def run_python(*arguments):
    """Run Odoo's Python to its end; return what it printed."""
    done = subprocess.run(
        [str(part) for part in (environment.python(), *arguments)],
        cwd=places.CHECKOUT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if done.returncode:
        raise AssertionError(f"It ended with status {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stdout


class TestCampaignCrash(unittest.TestCase):
    """Launched twice, killed, finished beside a lock."""

    def setUp(self):
        self.seen = seen["campaign"]

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


class TestSendingCrash(unittest.TestCase):
    """The sending of the calls, then Odoo's mail queue, are killed."""

    def setUp(self):
        self.seen = seen["sending"]

    def test_killed_in_the_middle(self):
        self.assertGreaterEqual(self.seen["kills"] - self.seen["queue_kills"], 5)
        self.assertGreaterEqual(self.seen["queue_kills"], 2)

    def test_one_letter_and_one_mail_each_at_any_time(self):
        self.assertEqual(self.seen["broken"], [])

    def test_nobody_forgotten(self):
        # The one that was paid meanwhile is not called any more.
        self.assertEqual(self.seen["letters"], self.seen["calls"] - 1)
        self.assertEqual((self.seen["waiting"], self.seen["forgotten"], self.seen["states"]), (0, [], ["sent"]))

    def test_nobody_written_to_twice(self):
        # What the mail server took at the instant of a kill is the one thing that nobody can take back.
        self.assertLessEqual(self.seen["repeated"], self.seen["queue_kills"])


class TestPaymentCrash(unittest.TestCase):
    """The reading of a bank's file, then its booking, are killed."""

    def setUp(self):
        self.seen = seen["payment"]

    def test_killed_in_the_middle(self):
        self.assertGreaterEqual(min(self.seen["read_kills"], self.seen["book_kills"]), 5)

    def test_nothing_half_done_at_any_time(self):
        self.assertEqual(self.seen["broken"], [])

    def test_a_lock_on_one_call_marks_no_line(self):
        self.assertTrue(self.seen["beside_a_lock"].endswith("ended"), "the job ends without an error")
        self.assertEqual(self.seen["waiting"], ["queued, certain", "todo, none"])

    def test_every_line_is_read_and_booked_once(self):
        self.assertEqual(self.seen["certain"], self.seen["calls"])
        self.assertEqual((self.seen["states"], self.seen["times_paid"]), (["paid"], [1]))
        self.assertEqual(self.seen["received"], self.seen["called"])
        self.assertEqual(self.seen["left"], ["VIR INCONNU"])


class TestReceiptCrash(unittest.TestCase):
    """A year of tax receipts is issued, then printed, and both are killed."""

    def setUp(self):
        self.seen = seen["receipt"]

    def test_killed_in_the_middle(self):
        self.assertGreaterEqual(min(self.seen["issue_kills"], self.seen["print_kills"]), 4)

    def test_no_number_missing_and_no_gift_twice_at_any_time(self):
        self.assertEqual(self.seen["broken"], [])

    def test_every_gift_has_its_receipt(self):
        self.assertEqual(self.seen["receipts"], self.seen["given"])

    def test_every_receipt_is_in_the_file_once(self):
        self.assertEqual((self.seen["repeated"], self.seen["forgotten"]), (0, []))


class TestClicks(unittest.TestCase):
    """Buttons about money, clicked three times at once, make what one click makes."""

    def test_three_clicks_make_what_one_makes(self):
        stories = {name: seen["clicks"][name] for name in seen["clicks"] if isinstance(seen["clicks"][name], dict)}
        self.assertEqual(len(stories), 8)
        for name, clicks in stories.items():
            with self.subTest(name):
                [(answers, made_by_one), (several, made)] = clicks["1"], clicks["3"]
                self.assertEqual(answers, ["done"])
                self.assertEqual((len(several), "" in several), (3, False), "each is answered")
                self.assertEqual(made, made_by_one)
