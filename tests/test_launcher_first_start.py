"""From nothing to a served product: a clean checkout, an empty home, an ordinary user."""

import signal
import subprocess
import time
import unittest

from first_start import OrdinaryUser, Running
from launcher import processes
from launcher.settings import DEMO_USERS
from trouble import Trouble

FIRST, SECOND = 240, 15  # seconds that the starts may take on 2 cores that nothing else uses
PATIENCE = 900
#: What a treasurer would compare: how many, and how much.
SUMS = """
for model in ("res.partner", "association.member", "association.membership", "account.move"):
    print(model, env[model].with_context(active_test=False).search_count([]))
lines = env["account.move.line"].search([])
print(round(sum(lines.mapped("debit")), 2), round(sum(lines.mapped("credit")), 2))
print(round(sum(env["association.membership"].search([]).mapped("amount")), 2))
files = env["ir.attachment"].search([("store_fname", "!=", False), ("url", "not like", "/web/assets/%"), ("id", "!=", 0)])
print(len(files), sum(len(file.raw) for file in files))
"""
ADDRESS = "print(env['ir.config_parameter'].get_param('web.base.url'))"


class TestFirstStart(unittest.TestCase):
    """One story, told once: first start, backup, stop, second start, shell, kill, third start, trouble, reset, restore."""

    @classmethod
    def setUpClass(cls):
        cls.user = OrdinaryUser()
        cls.addClassCleanup(cls.user.remove)
        cls.start_from_nothing()
        cls.start_again()
        cls.overcome_trouble()
        cls.drop_and_restore()

    @classmethod
    def start_from_nothing(cls):
        """Start, look at what is served, back it up, stop."""
        cls.first = Running(cls.user, seconds=PATIENCE)
        cls.addClassCleanup(cls.first.stop, signal.SIGKILL)
        cls.login_page = cls.first.get("/web/login")
        cls.logins = {}
        for _role, login, password in (*DEMO_USERS, ("", "admin", "admin")):
            try:
                cls.logins[login] = cls.first.log_in(login, password)[0]
            except AssertionError as error:
                cls.logins[login] = str(error)
        _session, opener = cls.first.log_in("admin", "admin")
        cls.home_page = cls.first.get("/odoo", opener)
        cls.first.rpc("/web/dataset/call_kw", opener, model="res.partner", method="create",
                      args=[{"name": "Gardé d'un démarrage à l'autre"}], kwargs={})  # fmt: skip
        cls.twice = cls.user.call("run", "--port", str(cls.first.port + 1))
        cls.shell_meanwhile = cls.user.call("shell", text="print(env.company.country_id.code); raise SystemExit(5)")
        cls.archive = cls.user.home / "saved.tar"
        cls.backup = cls.user.call("backup", str(cls.archive))
        cls.first_status = cls.first.stop()
        cls.left_by_first = cls.wait_for_end()

    @classmethod
    def start_again(cls):
        """Find what was typed in, start, kill the launcher."""
        cls.shell_alone = cls.user.call(
            "shell", text="print(env['res.partner'].search_count([('name', '=like', 'Gardé%')]))"
        )
        cls.sums_before = cls.user.call("shell", text=SUMS)
        cls.second = Running(cls.user, seconds=PATIENCE)
        cls.addClassCleanup(cls.second.stop, signal.SIGKILL)
        cls.second.process.kill()  # the launcher alone, with no chance to tidy up
        cls.second.process.wait()
        cls.left_by_second = cls.wait_for_end()
        cls.address = cls.user.call("shell", text=ADDRESS)
        cls.logs = {
            name: (cls.user.checkout / ".cdp" / "log" / name).read_text(encoding="utf-8")
            for name in ("odoo.log", "database-coup_de_pousse.log")
        }

    @classmethod
    def overcome_trouble(cls):
        """Start after that kill, and have everything else killed."""
        cls.third = Running(cls.user, *Trouble.options, seconds=PATIENCE)
        cls.addClassCleanup(cls.third.stop, signal.SIGKILL)
        cls.trouble = Trouble(cls.third, cls.user).tell()
        cls.third_status = cls.third.stop(signal.SIGTERM)
        cls.left_by_third = cls.wait_for_end()

    @classmethod
    def drop_and_restore(cls):
        """Drop the data, and have them back from the backup."""
        cls.reset_unasked = cls.user.call("reset")
        cls.open_to_others = [
            path
            for folder in ("log", "data", "postgresql-run")
            for path in (cls.user.checkout / ".cdp" / folder, *(cls.user.checkout / ".cdp" / folder).rglob("*"))
            # Odoo opens the files of its sessions itself, in a folder that is closed.
            if path.stat().st_mode & 0o077 and path.parent.parent.name != "sessions"
        ]
        cls.restore_over = cls.user.call("restore", str(cls.archive))
        cls.reset = cls.user.call("reset", "--yes")
        cls.left_by_reset = (cls.user.checkout / ".cdp" / "postgresql-run").exists()
        cls.restore = cls.user.call("restore", str(cls.archive))
        cls.sums_after = cls.user.call("shell", text=SUMS)

    @classmethod
    def wait_for_end(cls):
        """Return the processes that remain after a grace of some seconds."""
        processes.wait_until(lambda: not cls.user.processes(), 30)
        return cls.user.processes()

    def test_served_in_time(self):
        for name, running, limit in (("first", self.first, FIRST), ("second", self.second, SECOND)):
            allowed = limit / (1 - running.others)
            print(f"{name} start: {running.took:.0f} s, others using {running.others:.0%} of the machine, "
                  f"allowed {allowed:.0f} s")  # fmt: skip
            with self.subTest(start=name):
                self.assertLessEqual(running.took, allowed, running.said())

    def test_the_login_page_is_french(self):
        for words in ("Mot de passe", "Se connecter"):
            self.assertIn(words, self.login_page)

    def test_each_role_can_log_in_and_reads_french(self):
        for login, session in self.logins.items():
            with self.subTest(login=login):
                self.assertIsInstance(session, dict, session)
                self.assertEqual(session["user_context"]["lang"], "fr_FR")

    def test_every_printed_user_is_real(self):
        for login in self.logins:
            self.assertIn(f"login: {login}", self.first.said())
        self.assertIn(self.first.url, self.first.said())

    def test_steps_are_announced_and_nothing_went_wrong(self):
        said = self.first.said()
        for step in ("Odoo 19", "Python packages", "PostgreSQL", "Database", "Odoo: starting"):
            self.assertIn(step, said)
        self.assertNotIn("Traceback", said)
        wrong = [line for line in said.splitlines() if line.startswith("Warning") and "wkhtmltopdf" not in line]
        self.assertFalse(wrong)

    def test_odoo_logged_no_error(self):
        for name, text in self.logs.items():
            wrong = [line for line in text.splitlines() if " ERROR " in line or " CRITICAL " in line]
            self.assertFalse(wrong, name)

    def test_a_second_launcher_says_that_the_first_runs(self):
        status, _out, err = self.twice
        self.assertEqual(status, 1)
        self.assertIn("already runs from this checkout", err)
        self.assertIn(self.first.url, err)

    def test_the_shell_while_it_runs(self):
        status, out, err = self.shell_meanwhile
        self.assertEqual((status, out), (5, "FR\n"), err)

    def test_the_shell_alone_finds_what_was_typed_in(self):
        status, out, err = self.shell_alone
        self.assertEqual((status, out), (0, "1\n"), err)

    def test_ctrl_c_stops_all_it_started(self):
        self.assertEqual(self.first_status, 0, self.first.said())
        self.assertEqual(self.left_by_first, [])

    def test_a_killed_launcher_leaves_nothing_running(self):
        self.assertEqual(self.left_by_second, [])

    def test_a_start_after_a_kill(self):
        self.assertEqual(self.third_status, 0)
        self.assertEqual(self.left_by_third, [])

    def test_nothing_was_written_outside_home(self):
        self.assertTrue((self.user.home / ".cache" / "coup-de-pousse").is_dir())
        status = subprocess.run(["find", str(self.user.checkout), "-newer", str(self.user.checkout / "cdp"), "-not", "-path",
                                 "*/.cdp*", "-type", "f"], capture_output=True, text=True, check=True)  # fmt: skip
        new = [line for line in status.stdout.splitlines() if "__pycache__" not in line]
        self.assertFalse(
            [line for line in new if time.time() - (self.user.checkout / line).stat().st_mtime < self.first.took]
        )

    def test_reset_asks_then_drops(self):
        status, _out, err = self.reset_unasked
        self.assertEqual(status, 1)
        self.assertIn("--yes", err)
        self.assertEqual(self.reset[0], 0, self.reset)
        self.assertFalse(self.left_by_reset)

    def test_trouble_is_overcome(self):
        for kind, seen in self.trouble.items():
            with self.subTest(kind):
                self.assertTrue(seen["answers"], self.third.said())
                self.assertIsNone(seen["launcher"])
        said = self.third.said()
        self.assertIn("Warning: Odoo ended by itself (killed by SIGKILL). It is started again", said)
        self.assertIn("Warning: PostgreSQL ended by itself (killed by SIGKILL). It is started again", said)

    def test_odoo_reloads_itself(self):
        self.assertEqual(
            {kind: seen["same process"] for kind, seen in self.trouble.items()},
            {"reload": True, "hold_up": True, "kill_odoo": False, "kill_postgresql": False},
        )

    def test_the_address_in_use_is_the_one_that_links_name(self):
        self.assertEqual(self.address[:2], (0, f"{self.second.url}\n"), self.address)

    def test_a_backup_made_while_it_ran_comes_back_whole(self):
        self.assertEqual(self.backup[0], 0, self.backup)
        self.assertEqual(self.archive.stat().st_mode & 0o077, 0)
        self.assertEqual(self.restore[0], 0, self.restore)
        self.assertEqual(self.sums_before[0], 0, self.sums_before)
        self.assertGreater(len(self.sums_before[1].splitlines()), 6)
        self.assertEqual(self.sums_after[:2], self.sums_before[:2])

    def test_a_backup_replaces_no_database(self):
        status, _out, err = self.restore_over
        self.assertEqual(status, 1)
        self.assertIn("is not replaced", err)

    def test_data_and_logs_are_readable_by_their_owner_only(self):
        self.assertEqual(self.open_to_others, [])
