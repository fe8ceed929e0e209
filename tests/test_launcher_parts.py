"""The launcher's parts, each alone: what it reads, what it counts, what it refuses."""

import contextlib
import importlib.machinery
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from launcher import (
    addons,
    cli,
    cluster,
    database,
    environment,
    locks,
    odoo_conf,
    places,
    postgres,
    processes,
    run,
    serving,
    system_tools,
    test_results,
    testing,
)
from launcher.say import Problem
from launcher.settings import ODOO_MODULES
from launcher.source import apt_sources, debian, tree

CHECKOUT = Path(__file__).resolve().parent.parent


def make_tree(folder, version="(19, 0, 0, FINAL, 0, '')", modules=("base", "web", *ODOO_MODULES)):
    """Make the least that passes for an Odoo tree."""
    package = folder / "odoo"
    for name in modules:
        (package / "addons" / name).mkdir(parents=True)
        (package / "addons" / name / "__manifest__.py").write_text("{}")
    package.mkdir(exist_ok=True, parents=True)
    (package / "release.py").write_text(f"version_info = {version}\n")
    return folder


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class TestPythonVersion(unittest.TestCase):
    def setUp(self):
        loader = importlib.machinery.SourceFileLoader("cdp_program", str(CHECKOUT / "cdp"))
        self.cdp = importlib.util.module_from_spec(importlib.util.spec_from_loader("cdp_program", loader))
        loader.exec_module(self.cdp)

    def test_an_old_python_gets_a_sentence(self):
        said = io.StringIO()
        with (
            mock.patch.object(sys, "version_info", (3, 9, 2)),
            mock.patch.object(self.cdp, "other_python", return_value=None),
            mock.patch.object(sys, "stderr", said),
        ):
            self.assertEqual(self.cdp.main(), 2)
        self.assertIn("3.10 to 3.13, and this is Python 3.9", said.getvalue())
        self.assertIn("apt-get install", said.getvalue())

    def test_a_suitable_one_beside_it_is_taken(self):
        with (
            mock.patch.object(sys, "version_info", (3, 14, 0)),
            mock.patch.object(self.cdp, "other_python", return_value="python3.12"),
            mock.patch.object(os, "execvp", side_effect=SystemExit) as execvp,
            self.assertRaises(SystemExit),
        ):
            self.cdp.main()
        self.assertEqual(execvp.call_args[0][0], "python3.12")

    def test_old_pythons_can_read_the_program(self):
        import ast

        ast.parse((CHECKOUT / "cdp").read_text(encoding="utf-8"), feature_version=(3, 4))


class TestAptSources(InFolder):
    ONE_LINE = (
        "# deb http://commented.example/debian trixie main\n"
        "deb-src http://mirror.example/debian trixie main\n"
        "deb [arch=amd64 signed-by=/keys/debian.gpg] http://mirror.example/debian trixie main contrib # ours\n"
        "deb http://security.example/debian-security trixie-security main\n"
    )
    DEB822 = (
        "Types: deb deb-src\nURIs: mirror+file:///etc/apt/mirrors/debian.list\nSuites: trixie trixie-updates\n"
        "Components: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n\n"
        "# a comment\nEnabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main\n"
    )

    def test_one_line_form(self):
        sources = apt_sources.parse_one_line(self.ONE_LINE)
        self.assertEqual([source.uri for source in sources],
                         ["http://mirror.example/debian", "http://security.example/debian-security"])  # fmt: skip
        self.assertEqual(sources[0].signed_by, "/keys/debian.gpg")
        self.assertEqual(sources[0].components, ("main", "contrib"))

    def test_deb822_form(self):
        (source,) = apt_sources.parse_deb822(self.DEB822)
        self.assertEqual(source.uri, "mirror+file:///etc/apt/mirrors/debian.list")
        self.assertEqual(source.suites, ("trixie", "trixie-updates"))
        self.assertIsNone(source.signed_by)

    def test_the_mirror_is_the_distributions_own(self):
        (self.folder / "sources.list.d").mkdir()
        (self.folder / "sources.list").write_text("deb http://vendor.example/tools stable extra\n" + self.ONE_LINE)
        sources = apt_sources.read_sources(self.folder)
        self.assertEqual(apt_sources.distribution_mirror("trixie", sources).uri, "http://mirror.example/debian")
        self.assertIsNone(apt_sources.distribution_mirror("trixie", []))


@unittest.skipUnless(debian.is_debian(), "not a Debian machine: no package comes from its mirror")
class TestDebianArchive(InFolder):
    """With the machine's real mirror, and a small package."""

    PACKAGE = "fonts-ocr-b/sid"

    def setUp(self):
        super().setUp()
        for target in ("launcher.source.debian.log_folder", "launcher.places.log_folder"):
            patched = mock.patch(target, return_value=self.folder)
            patched.start()
            self.addCleanup(patched.stop)
        self.archive = debian.Archive(self.folder)

    def test_signatures_are_checked(self):
        self.assertIn("[signed-by=", (self.folder / "sources.list").read_text())
        self.assertNotIn("allow-unauthenticated", " ".join(map(str, self.archive._apt("update"))).lower())
        text = (self.folder / "sources.list").read_text().replace("signed-by=", f"signed-by={self.folder}/no-such-key")
        (self.folder / "sources.list").write_text(text)
        with self.assertRaisesRegex(Problem, "apt-get failed"):
            self.archive.update()

    def test_what_was_fetched_is_not_fetched_again_and_what_is_broken_is(self):
        self.archive.update()
        step = mock.Mock()
        (path,) = self.archive.fetch([self.PACKAGE], step)
        whole = path.read_bytes()
        os.utime(path, (1, 1))
        self.assertEqual(self.archive.fetch([self.PACKAGE], step), [path])
        self.assertEqual(path.stat().st_mtime, 1)
        path.write_bytes(whole[: len(whole) // 2])
        self.archive.fetch([self.PACKAGE], step)
        self.assertEqual(path.read_bytes(), whole)

    def test_an_environment_where_python_lacks_ensurepip(self):
        with (
            mock.patch.object(environment, "_module_exists", return_value=False),
            mock.patch.object(environment, "cache", return_value=self.folder / "cache"),
            mock.patch.object(environment, "log_folder", return_value=self.folder),
        ):
            environment._make(self.folder / "venv")
        self.assertTrue(environment._has_pip(self.folder / "venv"))

    def test_a_package_that_is_gone(self):
        self.archive.update()
        with self.assertRaisesRegex(Problem, "has not all of odoo-1"):
            self.archive.look_up(["odoo-1/sid"])


class TestOdooTree(InFolder):
    def test_recognised_in_every_form(self):
        make_tree(self.folder / "git")
        make_tree(self.folder / "deb" / "usr" / "lib" / "python3" / "dist-packages")
        for path in (self.folder / "git", self.folder / "git" / "odoo", self.folder / "deb"):
            with self.subTest(path=path):
                self.assertEqual(tree.recognise(path).version, "19.0")

    def test_something_else(self):
        with self.assertRaisesRegex(Problem, "not a source tree of Odoo"):
            tree.recognise(self.folder)

    def test_another_version_is_named(self):
        for written, said in (
            ("(17, 0, 0, FINAL, 0, '')", "Odoo 17.0"),
            ("('saas~18', 2, 0, FINAL, 0, '')", "Odoo saas~18.2"),
        ):
            make_tree(self.folder / said, written)
            with self.assertRaisesRegex(Problem, f"is {said}, and Coup de Pousse needs Odoo 19.0"):
                tree.recognise(self.folder / said)

    def test_an_incomplete_one_is_refused(self):
        make_tree(self.folder, modules=("base", "web", *ODOO_MODULES[1:]))
        with self.assertRaisesRegex(Problem, f"lacks {ODOO_MODULES[0]}"):
            tree.recognise(self.folder)


class TestLocks(InFolder):
    def test_a_second_holder_is_told_of_the_first(self):
        path = self.folder / "a.lock"
        with locks.lock(path, note={"url": "http://there"}):
            with self.assertRaises(locks.Held) as caught, locks.lock(path, wait=False):
                pass
            self.assertEqual(caught.exception.holder["url"], "http://there")
            self.assertEqual(caught.exception.holder["pid"], os.getpid())

    def test_a_second_holder_waits(self):
        order, inside = [], threading.Event()

        def second():
            inside.wait()
            with locks.lock(self.folder / "a.lock"):
                order.append("second")

        thread = threading.Thread(target=second)
        thread.start()
        with locks.lock(self.folder / "a.lock"):
            inside.set()
            time.sleep(0.5)
            order.append("first")
        thread.join()
        self.assertEqual(order, ["first", "second"])

    def test_a_killed_holder_holds_nothing(self):
        code = (
            "import sys,time; sys.path.insert(0, sys.argv[2]); from launcher import locks\n"
            "with locks.lock(__import__('pathlib').Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
        )
        holder = subprocess.Popen(
            [sys.executable, "-c", code, str(self.folder / "a.lock"), str(CHECKOUT)], stdout=subprocess.PIPE
        )
        self.addCleanup(holder.stdout.close)
        holder.stdout.readline()
        holder.kill()
        holder.wait()
        with locks.lock(self.folder / "a.lock", wait=False):
            pass


class TestPorts(unittest.TestCase):
    def test_a_taken_port_gets_a_sentence(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with self.assertRaisesRegex(Problem, f"Port {port} is taken .*--port {port + 1}"):
                run.check_port(port)
        run.check_port(port)


class TestPostgres(InFolder):
    def setUp(self):
        super().setUp()
        if os.geteuid() == 0:
            self.folder.chmod(0o755)
        patched = mock.patch.object(cluster, "STATE", self.folder)
        patched.start()
        self.addCleanup(patched.stop)

    def test_what_postgresql_says_when_it_does_not_start(self):
        own = cluster.Cluster("broken")
        server = own.start()
        self.assertEqual(server.query("SELECT 'É' ILIKE 'é'"), [["t"]])
        own.stop()
        (own.data / "PG_VERSION").write_text("9.6\n")
        with self.assertRaisesRegex(Problem, r"(?s)did not start.*incompatible.*--db-host"):
            own.start()

    def test_nobody_enters_without_the_password(self):
        own = cluster.Cluster("closed")
        server = own.start()
        self.addCleanup(own.stop)
        stranger = postgres.Server("127.0.0.1", server.port, "odoo", "guess", server.binaries)
        with self.assertRaisesRegex(Problem, "password authentication failed"):
            stranger.query("SELECT 1")
        self.assertEqual((self.folder / "postgresql-closed.json").stat().st_mode & 0o077, 0)

    def test_a_checkout_that_its_user_may_not_enter(self):
        if os.geteuid() != 0:
            self.skipTest("only root starts PostgreSQL as another user")
        self.folder.chmod(0o700)
        far = self.folder.parent / f"{self.folder.name}-far"
        far.mkdir(mode=0o755)
        self.addCleanup(subprocess.run, ["rm", "-rf", str(far)], check=True)
        unreachable = mock.patch.object(cluster, "_can_reach", return_value=False)
        with mock.patch.object(cluster, "far_home", return_value=far), unreachable:
            own = cluster.Cluster("far")
            self.addCleanup(own.stop)
            server = own.start()
            self.assertEqual(server.query("SELECT 1"), [["1"]])
            for place in (own.data, server.binaries):
                self.assertTrue(place.is_relative_to(far), "the programs and their libraries lie where the user may go")

    def test_a_named_server_that_is_not_there(self):
        options = SimpleNamespace(db_host="127.0.0.1", db_port=postgres.free_port(), db_user="x", db_password=None)
        with self.assertRaisesRegex(Problem, r"(?s)refused.*Check --db-host"):
            postgres.named_server(options)


class TestProcesses(InFolder):
    SERVER = "print(processes.start(['sleep', '1000']).pid, flush=True); time.sleep(60)"
    STEP = (
        "run = lambda: processes.run(['sh', '-c', 'echo $$; exec sleep 1000'], sys.argv[2], lambda l: print(l, flush=True))\n"
        "threading.Thread(target=run).start(); time.sleep(60)"
    )

    def test_what_it_started_ends_with_the_launcher_even_killed(self):
        for code in (self.SERVER, self.STEP):
            with self.subTest(code=code):
                head = "import sys, threading, time; sys.path.insert(0, sys.argv[1]); from launcher import processes\n"
                command = [sys.executable, "-c", head + code, str(CHECKOUT), str(self.folder / "log")]
                with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as launcher:
                    child = int(launcher.stdout.readline())
                    time.sleep(0.5)
                    launcher.kill()
                self.assertTrue(
                    processes.wait_until(lambda child=child: not alive(child), 10), "the child outlives its launcher"
                )

    def test_a_failure_shows_the_end_of_the_output(self):
        with self.assertRaisesRegex(Problem, r"(?s)failed \(status 3\).*the reason"):
            processes.run([sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], self.folder / "log")


class TestService(InFolder):
    """What ends is started again, but not for ever."""

    def setUp(self):
        super().setUp()
        started = mock.patch.object(serving.Service, "_start", self.start)
        started.start()
        self.addCleanup(started.stop)
        self.starts = 0
        said = contextlib.redirect_stderr(io.StringIO())
        self.said = said.__enter__()
        self.addCleanup(said.__exit__, None, None, None)
        self.service = serving.Service(mock.Mock(), "http://127.0.0.1:1")
        self.service.log = self.folder / "odoo.log"
        self.service.log.write_text("the reason\n")

    def start(self):
        self.starts += 1
        self.service.odoo = processes.start([sys.executable, "-c", "raise SystemExit(3)"])
        self.service.odoo.wait()

    def test_again_and_again_is_too_often(self):
        self.start()
        for number in range(2, serving.OFTEN + 1):
            self.service._look_after()
            self.assertEqual(self.starts, number)
        self.assertIn("Odoo ended by itself (status 3). It is started again", self.said.getvalue())
        with self.assertRaisesRegex(Problem, r"(?s)ended by itself \(status 3\), for the 4th time.*the reason"):
            self.service._look_after()

    def test_what_runs_is_left_alone(self):
        self.service.odoo = processes.start(["sleep", "1000"])
        self.addCleanup(processes.stop, self.service.odoo)
        self.service._look_after()
        self.assertEqual(self.starts, 0)


def alive(pid):
    """Return whether a process runs (a dead one nobody waited for does not)."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


class TestTools(unittest.TestCase):
    def test_a_missing_tool_is_named_with_its_command(self):
        with mock.patch.object(system_tools, "present", return_value=False), \
             mock.patch.object(system_tools, "may_install", return_value=False):  # fmt: skip
            with self.assertRaisesRegex(
                Problem, "chromium is missing: the browser tests cannot run. Install it with: .+"
            ):
                system_tools.prepare(("chromium",), needed=("chromium",))
            said = io.StringIO()
            refused = mock.patch.object(system_tools.unpacked_pdf, "unpack", side_effect=Problem("no mirror"))
            with contextlib.redirect_stderr(said), refused:
                system_tools.prepare(("wkhtmltopdf",))
            self.assertIn("wkhtmltopdf is missing", said.getvalue())

    def test_root_on_debian_installs_it(self):
        there = iter([False, True])
        with mock.patch.object(system_tools, "present", side_effect=lambda _tool: next(there)), \
             mock.patch.object(system_tools, "may_install", return_value=True), \
             mock.patch.object(system_tools, "install") as install:  # fmt: skip
            system_tools.prepare(("chromium",), needed=("chromium",))
        install.assert_called_once_with(["chromium"])


class TestConf(InFolder):
    def test_a_percent_sign_survives(self):
        import configparser

        server = postgres.Server("127.0.0.1", 5432, "odoo", "50%off", Path())
        path = odoo_conf.write(self.folder / "odoo.conf", server, self.folder / "data", "base_x")
        parser = configparser.ConfigParser()
        parser.read(path)
        self.assertEqual(parser["options"]["db_password"], "50%off")
        self.assertEqual(path.stat().st_mode & 0o077, 0)

    def test_database_names(self):
        database.check_name("coup_de_pousse")
        for bad in ("", "Coup", "a-b", "x;drop", "9a", "a" * 60):
            with self.assertRaises(Problem):
                database.check_name(bad)


class TestAddons(InFolder):
    def test_a_changed_file_changes_the_hash_and_a_changed_test_does_not(self):
        addon = self.folder / "one"
        (addon / "tests").mkdir(parents=True)
        (addon / "__manifest__.py").write_text('{"depends": ["mail", "one_base"]}')
        (addon / "tests" / "test_x.py").write_text("1")
        with mock.patch.object(addons, "ADDONS", self.folder), mock.patch.object(places, "ADDONS", self.folder):
            first = addons.hashes()
            (addon / "tests" / "test_x.py").write_text("2")
            self.assertEqual(addons.hashes(), first)
            (addon / "a.xml").write_text("<odoo/>")
            self.assertNotEqual(addons.hashes(), first)
            self.assertIn("mail", addons.odoo_modules())
            self.assertIn("l10n_fr_account", addons.odoo_modules())


class TestAccount(InFolder):
    def account(self, *events):
        path = self.folder / "events"
        path.write_text("".join(json.dumps(event) + "\n" for event in events))
        return test_results.from_events(path)

    END = {"event": "ended", "status": 0}

    def test_outcomes(self):
        account = self.account(
            {"event": "started", "test": "a"}, {"event": "started", "test": "b"}, {"event": "failed", "test": "b", "text": "1"},
            {"event": "failed", "test": "b", "text": "2"}, {"event": "started", "test": "c"},
            {"event": "skipped", "test": "c", "reason": "moon", "browser": False}, self.END,
        )  # fmt: skip
        self.assertEqual(account.line(), "1 passed, 1 failed, 1 skipped")
        self.assertEqual(account.failed, {"b": "1\n2"})

    def test_a_skipped_tour_is_a_failure(self):
        account = self.account({"event": "started", "test": "a"},
                               {"event": "skipped", "test": "a", "reason": "no chrome", "browser": True}, self.END)  # fmt: skip
        self.assertEqual(account.line(), "0 passed, 1 failed, 0 skipped")

    def test_a_warning_is_a_failure(self):
        warning = {
            "event": "warning",
            "logger": "odoo.x",
            "level": "WARNING",
            "message": "hm",
            "during": "installation",
        }
        self.assertEqual(self.account(warning, self.END).line(), "0 passed, 1 failed, 0 skipped")

    def test_what_a_browser_says_after_the_end_is_not(self):
        warning = {"event": "warning", "logger": "odoo.x.TestTour.browser", "level": "ERROR", "during": "t"}
        late = self.account({**warning, "message": "Error received after termination: x"}, self.END)
        self.assertEqual(late.line(), "0 passed, 0 failed, 0 skipped")
        early = self.account({**warning, "message": "Error: x"}, self.END)
        self.assertEqual(early.line(), "0 passed, 1 failed, 0 skipped")

    def test_what_is_never_run_is_a_failure(self):
        account = self.account(
            {"event": "never run", "test": "t", "file": "f"}, {"event": "unimported", "file": "g"}, self.END
        )
        self.assertEqual(account.line(), "0 passed, 2 failed, 0 skipped")

    def test_a_run_cut_short_is_a_failure(self):
        self.assertEqual(self.account({"event": "started", "test": "a"}).line(), "1 passed, 1 failed, 0 skipped")

    def test_junit(self):
        path = self.folder / "junit.xml"
        path.write_text(
            '<testsuites><testsuite><testcase classname="m.C" name="a"/><testcase classname="m.C" name="b"><failure>no</failure>'
            '</testcase><testcase classname="m.C" name="c"><skipped message="why"/></testcase></testsuite></testsuites>'
        )
        self.assertEqual(test_results.from_junit(path).line(), "1 passed, 1 failed, 1 skipped")

    def test_the_status_is_true(self):
        said = io.StringIO()
        account = test_results.Account(passed={"a"})
        with mock.patch("launcher.say._to", said):
            self.assertEqual(testing.report(account, False), 0)
            account.fail("b", "text")
            self.assertEqual(testing.report(account, False), 1)
            self.assertEqual(testing.report(test_results.Account(), True), 1)
        self.assertEqual(said.getvalue().splitlines()[-1], "0 passed, 1 failed, 0 skipped")


class TestNames(unittest.TestCase):
    def test_parts_are_found_by_name(self):
        self.assertEqual(testing.choose(["tests"]), ([], [str(CHECKOUT / "tests")]))
        self.assertEqual(testing.choose(["TestNames"])[1], [f"{Path(__file__)}::TestNames"])
        self.assertEqual(testing.choose(["tests/test_launcher_parts.py"])[1], [str(Path(__file__))])
        for addon in places.addon_names():
            self.assertEqual(testing.choose([addon]), ([f"/{addon}"], []))
        with self.assertRaisesRegex(Problem, "Nothing to test is called 'nonsense'"):
            testing.choose(["nonsense"])

    def test_everything_is_the_default(self):
        tags, plain = testing.choose([])
        self.assertEqual(tags, [f"/{name}" for name in places.addon_names()])
        self.assertEqual(plain, [str(CHECKOUT / "tests")])

    def test_the_longest_addon_is_tested_in_two_halves_that_leave_nothing_out(self):
        addon = "coup_de_pousse_membership"
        first, second = testing.halves([f"/{addon}"]).values()
        paths = (places.ADDONS / addon / "tests").rglob("test_*.py")
        files = {f"/{path.relative_to(places.ADDONS).as_posix()}" for path in paths}
        self.assertEqual((set(first) | set(second), set(first) & set(second)), (files, set()))
        self.assertEqual(testing.halves([f"/{addon}:TestFee"]), {addon: [f"/{addon}:TestFee"]})
        self.assertEqual(testing.halves([]), {})

    def test_the_two_halves_take_about_as_long(self):
        halves = testing.halves(["/coup_de_pousse_membership"]).values()
        first, second = (sum(testing.weight_of(places.ADDONS / file[1:]) for file in half) for half in halves)
        self.assertLess(abs(first - second), 0.1 * (first + second))

    def test_plain_rules_are_run_by_themselves_and_once(self):
        rules = str(CHECKOUT / "tests" / "rules")
        self.assertEqual(testing.choose(["rules"]), ([], [rules]))
        self.assertEqual(testing.split([rules]), ([], [rules]))
        self.assertEqual(testing.split(testing.choose([])[1]), ([str(CHECKOUT / "tests")], [rules]))
        self.assertEqual(testing.split(testing.choose(["test_rooms"])[1]), ([], [f"{rules}/test_rooms.py"]))

    def test_a_room_is_a_name(self):
        tags, _plain = testing.choose(["coup_de_pousse_membership/fee"])
        self.assertEqual({tag.rpartition("/")[0] for tag in tags}, {"/coup_de_pousse_membership/tests/fee"})
        self.assertEqual(testing.choose(["fee"])[0], tags)
        addons_of = {tag.split("/")[1] for tag in testing.choose(["overview"])[0]}
        self.assertLessEqual({"coup_de_pousse_membership", "accompaniment"}, addons_of)

    def test_files_of_tests_are_found_at_any_depth(self):
        with tempfile.TemporaryDirectory() as folder:
            addon, tests = Path(folder) / "addons" / "one", Path(folder) / "tests"
            deep = {addon / "tests" / "a" / "b" / "test_deep.py": "TestDeep",
                    tests / "rules" / "one" / "a" / "test_rule.py": "TestRule"}  # fmt: skip
            for path, name in deep.items():
                path.parent.mkdir(parents=True)
                path.write_text(f"class {name}:\n    pass\n")
            (addon / "__manifest__.py").write_text("{}")
            rule = f"{tests}/rules/one/a/test_rule.py"
            with (
                mock.patch.object(places, "ADDONS", Path(folder) / "addons"),
                mock.patch.object(testing, "TESTS", tests),
                mock.patch.object(testing, "RULES", tests / "rules"),
            ):
                self.assertEqual(testing.choose(["test_deep"]), (["/one/tests/a/b/test_deep.py"], []))
                self.assertEqual(testing.choose(["TestDeep.test_x"]), (["/one:TestDeep.test_x"], []))
                self.assertEqual(testing.choose(["test_rule.py"]), ([], [rule]))
                self.assertEqual(testing.choose(["TestRule"]), ([], [f"{rule}::TestRule"]))
                self.assertEqual(testing.choose(["one/a"]), (["/one/tests/a/b/test_deep.py"], [f"{tests}/rules/one/a"]))

    def test_the_command_line_is_understood(self):
        options = cli.parser().parse_args(["run", "--odoo", "x", "--port", "8070", "--no-demo", "--database", "b"])
        self.assertEqual((options.odoo, options.port, options.demo, options.database), ("x", 8070, False, "b"))
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
            cli.parser().parse_args(["run", "--port", "70000"])
