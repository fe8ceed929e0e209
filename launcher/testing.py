"""./cdp test: the tests of the addons in a fresh Odoo, then those of tests/."""

import hashlib
import json
import os
import re
import shutil

from . import addons, database, environment, locks, odoo_conf, places, postgres, processes, run, system_tools
from .say import Problem, Step, say
from .test_results import Account, from_events, from_junit

NAME = "coup_de_pousse_test"
TESTS = places.CHECKOUT / "tests"
_REQUIREMENTS = ("requirements.txt", "requirements-test.txt")


def test(options):
    """Run the tests, print the account, return the exit status."""
    addon_part, plain_part = choose(options.names)
    account = Account()
    with locks.lock(places.STATE / "test.lock", about="running the tests"):
        tools = ("wkhtmltopdf", "chromium") if addon_part else ()
        system_tools.prepare(tools, needed=("chromium",) if addon_part else ())
        tree = run.prepare(options, _REQUIREMENTS)
        if addon_part:
            account.add(test_addons(addon_part))
        if plain_part:
            account.add(test_plain(plain_part, tree))
    return report(account, bool(options.names))


def report(account, partial):
    """Print what did not pass, then the closing line; return the exit status."""
    for name, text in sorted(account.failed.items()):
        say(f"\nFAILED {name}")
        say("    " + text.strip().replace("\n", "\n    "))
    if account.skipped:
        say()
    for name, reason in sorted(account.skipped.items()):
        say(f"SKIPPED {name}: {reason}")
    if not account.passed and not account.failed:
        account.fail("nothing", "No test ran." + (" Is the name right?" if partial else ""))
        say("\nFAILED: no test ran." + (" Is the name right?" if partial else ""))
    say(f"\n{account.line()}")
    return 1 if account.failed else 0


def choose(names):
    """Return ``(Odoo's test tags, pytest's arguments)`` for the named parts, or for everything.

    :param names: addons, test classes (``Class`` or ``Class.method``), test files
    """
    if not names:
        return [f"/{addon}" for addon in places.addon_names()], [str(TESTS)] if any(TESTS.glob("test_*.py")) else []
    tags, plain = [], []
    for name in names:
        found_tags, found_plain = _choose_one(name)
        if not found_tags and not found_plain:
            raise Problem(
                f"Nothing to test is called {name!r}: no addon, no test file, no test class. "
                f"Addons: {', '.join(places.addon_names())}."
            )
        tags += found_tags
        plain += found_plain
    return tags, plain


def _choose_one(name):
    if name in places.addon_names():
        return [f"/{name}"], []
    if name.rstrip("/") == "tests":
        return [], [str(TESTS)]
    stem = os.path.basename(name).removesuffix(".py")
    class_name, _, method = name.partition(".")
    tags, plain = [], []
    for path in [*places.ADDONS.glob("*/tests/**/test_*.py"), *TESTS.glob("**/test_*.py")]:
        in_addon = path.is_relative_to(places.ADDONS)
        if path.stem == stem:
            if in_addon:
                tags.append(f"/{path.relative_to(places.ADDONS).as_posix()}")
            else:
                plain.append(str(path))
        elif re.search(rf"^class {re.escape(class_name)}\b", path.read_text(encoding="utf-8"), re.M):
            if in_addon:
                addon = path.relative_to(places.ADDONS).parts[0]
                tags.append(f"/{addon}:{class_name}" + (f".{method}" if method else ""))
            else:
                plain.append(f"{path}::{class_name}" + (f"::{method}" if method else ""))
    return tags, plain


def test_addons(tags):
    """Run the addons' tests in a fresh database; return the :class:`Account`."""
    cluster = postgres.Cluster("test", careless=True)
    with Step("PostgreSQL for the tests: starting"):
        server = cluster.start()
    try:
        base = fresh(server)
        folder = places.STATE / "test"
        events = folder / "events.jsonl"
        events.unlink(missing_ok=True)
        wanted = sorted({re.match(r"/(\w+)", tag)[1] for tag in tags})
        with Step(f"Tests of {', '.join(wanted)}") as step:
            log = places.log_folder() / "test-odoo.log"
            log.unlink(missing_ok=True)

            def each(line):
                found = re.search(r"Starting (\S+) \.\.\.", line)
                if found:
                    step.progress(found[1])

            processes.run(
                [environment.python(), places.INSIDE / "run_tests.py", events, ",".join(places.addon_names()),
                 "-c", base.conf, "-d", base.name, "-i", ",".join(wanted), "--test-tags", _tags(tags),
                 f"--screenshots={folder / 'screenshots'}", "--stop-after-init"],
                log, each_line=each, check=False, env=_environment(),
            )  # fmt: skip
        account = from_events(events) if events.exists() else Account()
        if not events.exists():
            account.fail("Odoo's test run", f"Odoo did not start: {run.tail(log)}")
        base.drop()
        return account
    finally:
        cluster.stop()


def _tags(tags):
    """Return the tags as Odoo wants them: a file by its path, without the module's tag."""
    return ",".join(tags)


def _environment():
    """Return the environment of the tests, free of what would change their outcome."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PG", "ODOO"))}


def fresh(server):
    """Return a fresh database with Odoo's modules, copied from one that is made once."""
    folder = places.STATE / "test" / "data"
    conf = odoo_conf.write(places.STATE / "test" / "odoo.conf", server, folder, NAME, postgres.free_port(),
                           {"max_cron_threads": 0})  # fmt: skip
    base = database.Database(server, NAME, conf, folder)
    tree = next(environment.VENV.glob("lib/python*/site-packages/odoo-source.pth")).read_text(encoding="utf-8")
    script = (places.INSIDE / "database.py").read_bytes()
    key = hashlib.sha256(json.dumps([addons.odoo_modules(), tree]).encode() + script).hexdigest()[:12]
    template = f"template_{key}"
    existing = server.databases()
    for name in existing - {template, "postgres"}:
        base.drop(name)
    if template not in existing:
        base.make_odoo(f"{template}_making")
        database.Database(server, template, conf, folder).rename(f"{template}_making")
    server.query(f"CREATE DATABASE {NAME} TEMPLATE {template}")
    files = folder / "filestore"
    if (files / template).exists():
        shutil.copytree(files / template, files / NAME, copy_function=os.link)
    return base


def test_plain(arguments, tree):
    """Run the tests of ``tests/`` with pytest; return the :class:`Account`."""
    report_path = places.STATE / "test" / "junit.xml"
    report_path.parent.mkdir(parents=True, exist_ok=True)
    report_path.unlink(missing_ok=True)
    with Step("Tests of tests/") as step:

        def each(line):
            if re.search(r"\b(PASSED|FAILED|ERROR|SKIPPED)\b", line):
                step.progress(line)

        log = places.log_folder() / "test-plain.log"
        log.unlink(missing_ok=True)
        processes.run(
            [environment.python(), "-m", "pytest", "-v", "-p", "no:cacheprovider", "--tb=short", "-o", "junit_family=xunit2",
             f"--junitxml={report_path}", f"--rootdir={places.CHECKOUT}", *arguments],
            log, each_line=each, check=False, cwd=places.CHECKOUT,
            env={**_environment(), "CDP_TEST_ODOO": str(tree.root), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    if not report_path.exists():
        account = Account()
        account.fail("pytest", f"pytest left no report:\n{run.tail(log)}")
        return account
    return from_junit(report_path)
