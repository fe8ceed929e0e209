"""./cdp test: the tests of each addon in a fresh Odoo, those of tests/, and its plain rules, two at a time."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import environment, locks, places, processes, run, system_tools, test_databases
from .say import Problem, Step, say
from .test_results import Account, from_events, from_junit

TESTS = places.CHECKOUT / "tests"
RULES = TESTS / "rules"
_REQUIREMENTS = ("requirements.txt", "requirements-test.txt")
_AT_ONCE = 2  # Odoo's tests keep one core busy, and PostgreSQL a part of another
_LONGEST = "coup_de_pousse_membership"  # begun first, in two halves at once; then the others


def test(options):
    """Run the tests, print the account, return the exit status."""
    addon_part, plain_part = choose(options.names)
    plain_part, rules_part = split(plain_part)
    account = Account()
    if not addon_part and not plain_part:
        environment.prepare(_REQUIREMENTS)
        return report(test_rules(rules_part), bool(options.names))
    with locks.lock(places.STATE / "test.lock", about="running the tests"):
        tools = ("wkhtmltopdf", "chromium") if addon_part else ()
        system_tools.prepare(tools, needed=("chromium",) if addon_part else ())
        tree = run.prepare(options, _REQUIREMENTS)
        with test_databases.server() as server:
            for part in at_once(jobs(addon_part, plain_part, rules_part, server, tree)):
                account.add(part)
    return report(account, bool(options.names))


def jobs(addon_part, plain_part, rules_part, server, tree):
    """Return what is to be run, as functions without arguments, the longest first."""
    by_addon = {}
    for tag in addon_part:
        by_addon.setdefault(re.match(r"/(\w+)", tag)[1], []).append(tag)
    longest = halves(by_addon.pop(_LONGEST, []))
    found = [lambda half=half, tags=tags: test_addon(_LONGEST, tags, server, half) for half, tags in longest.items()]
    found += [lambda: test_plain(plain_part, tree)] if plain_part else []
    found += [lambda addon=addon: test_addon(addon, by_addon[addon], server, addon) for addon in by_addon]
    return found + ([lambda: test_rules(rules_part)] if rules_part else [])


def halves(tags):
    """Return {name of the part: its tags} for the longest addon: the tags given, or its files in two halves.

    Each file goes, the longest first, to the half that has less to do so far.
    """
    if tags != [f"/{_LONGEST}"]:
        return {_LONGEST: tags} if tags else {}
    paths = sorted(places.ADDONS.glob(f"{_LONGEST}/tests/**/test_*.py"))
    parts, weights = ([], []), [0, 0]
    for weight, path in sorted(((weight_of(path), path) for path in paths), reverse=True):
        lighter = weights.index(min(weights))
        parts[lighter].append(f"/{path.relative_to(places.ADDONS).as_posix()}")
        weights[lighter] += weight
    return {f"{_LONGEST}_{number}": part for number, part in enumerate(parts, 1)}


def weight_of(path):
    """Return about how many seconds a test file takes: a class is set up, and a tour starts a browser."""
    text = path.read_text(encoding="utf-8")
    return (
        len(re.findall(r"^    def test_", text, re.M))
        + 3 * len(re.findall(r"^class Test", text, re.M))
        + 15 * text.count("start_tour(")
    )


def at_once(functions):
    """Call functions in a few threads; return what they gave."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            return [future.result() for future in [pool.submit(function) for function in functions]]
        except BaseException:
            processes.stop_all()  # or the pool would wait for what nobody ends
            raise


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

    :param names: addons, rooms (``fee``, ``accompaniment/mission``), test classes (``Class`` or ``Class.method``),
        test files, ``rules``
    """
    if not names:
        return [f"/{addon}" for addon in places.addon_names()], [str(TESTS)] if any(TESTS.glob("test_*.py")) else []
    tags, plain = [], []
    for name in names:
        found_tags, found_plain = _choose_one(name)
        if not found_tags and not found_plain:
            raise Problem(
                f"Nothing to test is called {name!r}: no addon, no room, no test file, no test class. "
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
    if name.rstrip("/") in ("rules", "tests/rules"):
        return [], [str(RULES)]
    found = _choose_room(name.rstrip("/"))
    if any(found):
        return found
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


def _choose_room(name):
    """Return what :func:`choose` does for a room, ``word`` or ``addon/word``."""
    addon, _, word = name.rpartition("/")
    if not re.fullmatch(r"[a-z]\w*", word) or (addon and addon not in places.addon_names()):
        return [], []
    paths = sorted(places.ADDONS.glob(f"{addon or '*'}/tests/{word}/**/test_*.py"))
    rules = sorted(path for path in RULES.glob(f"{addon or '*'}/{word}") if path.is_dir())
    return [f"/{path.relative_to(places.ADDONS).as_posix()}" for path in paths], [str(path) for path in rules]


def split(plain):
    """Return ``(arguments of the tests that cross the addons, those of the plain rules)``: each has a pytest."""
    rules = [path for path in plain if Path(path.split("::")[0]).is_relative_to(RULES)]
    others = [path for path in plain if path not in rules]
    if str(TESTS) in others and any(RULES.rglob("test_*.py")):
        rules = [str(RULES)]
    return others, rules


def test_addon(addon, tags, server, name):
    """Run tests of one addon in a fresh database; return the :class:`Account`.

    :param tags: Odoo's test tags
    :param name: what this part of the tests is called: of one addon two may run at once
    """
    base = test_databases.fresh(server, name)
    folder = places.STATE / "test"
    events = folder / f"events-{name}.jsonl"
    events.unlink(missing_ok=True)
    with Step(f"Tests of {name}") as step:
        log = places.log_folder() / f"test-{name}.log"
        log.unlink(missing_ok=True)

        def each(line):
            found = re.search(r"Starting (\S+) \.\.\.", line)
            if found:
                step.progress(found[1])

        processes.run(
            [environment.python(), places.INSIDE / "run_tests.py", events, addon,
             "-c", base.conf, "-d", base.name, "-i", addon, "--test-tags", ",".join(tags),
             f"--screenshots={folder / 'screenshots'}", "--stop-after-init"],
            log, each_line=each, check=False, env=_environment(),
        )  # fmt: skip
    account = from_events(events) if events.exists() else Account()
    if not events.exists():
        account.fail(f"Odoo's test run of {name}", f"Odoo did not start: {places.tail(log)}")
    base.drop()
    return account


def _environment():
    """Return the environment of the tests, free of what would change their outcome."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PG", "ODOO"))}


def test_plain(arguments, tree):
    """Run tests that cross the addons; return the :class:`Account`."""
    more = {"CDP_TEST_ODOO": str(tree.root), test_databases.RUNNING: "1"}
    return run_pytest("plain", "tests/", [f"--ignore={RULES}", *arguments], more)


def test_rules(arguments):
    """Run plain rules: nothing of Odoo, no database; return the :class:`Account`."""
    return run_pytest("rules", "tests/rules/", arguments, {})


def run_pytest(name, title, arguments, more):
    """Run pytest in a process of its own; return the :class:`Account`.

    :param more: environment variables
    """
    report_path = places.STATE / "test" / f"junit-{name}.xml"
    report_path.parent.mkdir(parents=True, exist_ok=True)
    report_path.unlink(missing_ok=True)
    with Step(f"Tests of {title}") as step:

        def each(line):
            if re.search(r"\b(PASSED|FAILED|ERROR|SKIPPED)\b", line):
                step.progress(line)

        log = places.log_folder() / f"test-{name}.log"
        log.unlink(missing_ok=True)
        processes.run(
            [environment.python(), "-m", "pytest", "-v", "-p", "no:cacheprovider", "--tb=short", "-o", "junit_family=xunit2",
             f"--junitxml={report_path}", f"--rootdir={places.CHECKOUT}", *arguments],
            log, each_line=each, check=False, cwd=places.CHECKOUT,
            env={**_environment(), **more, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    if not report_path.exists():
        account = Account()
        account.fail(f"pytest of {title}", f"pytest left no report:\n{places.tail(log)}")
        return account
    return from_junit(report_path)
