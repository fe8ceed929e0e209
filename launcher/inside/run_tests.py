"""Run Odoo's tests and write what happened, event by event; run by ``./cdp test``.

usage: run_tests.py EVENTS-FILE ADDON,… ODOO-OPTIONS…

One JSON object a line. Odoo itself only logs its results; a log is for people.
Besides each test's outcome this tells what would otherwise pass unseen: warnings
in the log, tests that Odoo never runs, test files that nobody imports.
"""

import inspect
import json
import logging
import sys
import threading
import unittest
from pathlib import Path

import odoo.addons
import odoo.cli
from odoo.modules import module as odoo_module
from odoo.tests import loader
from odoo.tests.result import OdooTestResult

# Logged by the test machinery about failures that are told apart.
_OF_RESULTS = ("odoo.tests.result", "odoo.modules.loading")
_QUIET = threading.local()


class Events:
    """The file of events."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8")  # noqa: SIM115 - open as long as the process
        self._lock = threading.Lock()

    def tell(self, event, **details):
        """Write one event."""
        with self._lock:
            self._file.write(json.dumps({"event": event, **details}) + "\n")
            self._file.flush()


class WarningTeller(logging.Handler):
    """Tell every log record from WARNING up."""

    def __init__(self, events):
        super().__init__(logging.WARNING)
        self._events = events

    def emit(self, record):
        """Tell one record, unless it repeats a test's failure."""
        if getattr(_QUIET, "on", False):
            return
        message = record.getMessage()
        if record.name in _OF_RESULTS and ("failure" in message or "failed" in message):
            return
        if record.exc_info:
            message += "\n" + logging.Formatter().formatException(record.exc_info)
        test = odoo_module.current_test
        self._events.tell(
            "warning", logger=record.name, level=record.levelname, message=message,
            during=test.id() if isinstance(test, unittest.TestCase) else "installation",
        )  # fmt: skip


def name_of(test):
    """Return a test's full name; a subtest counts as its test."""
    while getattr(test, "test_case", None):
        test = test.test_case
    return test.id()


def listen(events):
    """Have Odoo's results told."""

    def wrap(method, tell):
        original = getattr(OdooTestResult, method)

        def wrapped(self, test, *details):
            tell(self, test, *details)
            return original(self, test, *details)

        setattr(OdooTestResult, method, wrapped)

    def failed(self, test, error):
        if not self._soft_fail:
            text = self._exc_info_to_string(error, test)
            events.tell("failed", test=name_of(test), text=text)

    wrap("startTest", lambda _self, test: events.tell("started", test=name_of(test)))
    wrap("addFailure", failed)
    wrap("addError", failed)
    wrap("addSkip", lambda _self, test, reason: events.tell(
        "skipped", test=name_of(test), reason=str(reason), browser=hasattr(test, "start_tour"),
    ))  # fmt: skip


def keep_results_out_of_the_log():
    """Have what Odoo logs of a failure not told a second time, as a warning."""
    log_error = OdooTestResult.logError

    def quiet(self, *details):
        _QUIET.on = True
        try:
            log_error(self, *details)
        finally:
            _QUIET.on = False

    OdooTestResult.logError = quiet


def watch_for_the_never_run(events, addons):
    """Tell the test cases of ours that Odoo silently leaves out for want of tags."""
    original = loader.get_module_test_cases
    told = set()

    def wrapped(module):
        for test in original(module):
            if not hasattr(test, "test_tags") and module.__name__.split(".")[2:3][0] in addons:
                if test.id() not in told:
                    told.add(test.id())
                    events.tell("never run", test=test.id(), file=inspect.getfile(type(test)))
                continue
            yield test

    loader.get_module_test_cases = wrapped


def tell_unimported(events, addons):
    """Tell the test files of ours that ``tests/`` holds and nobody imports."""
    for addon in addons:
        if f"odoo.addons.{addon}.tests" not in sys.modules:
            continue
        folder = Path(sys.modules[f"odoo.addons.{addon}.tests"].__file__).parent
        for path in sorted(folder.rglob("test_*.py")):
            name = ".".join(path.relative_to(folder).with_suffix("").parts)
            if f"odoo.addons.{addon}.tests.{name}" not in sys.modules:
                events.tell("unimported", file=str(path))


def main():
    """Run Odoo with the given options under observation."""
    path, addons = sys.argv[1], sys.argv[2].split(",")
    sys.argv[1:] = sys.argv[3:]
    events = Events(path)
    listen(events)
    keep_results_out_of_the_log()
    watch_for_the_never_run(events, addons)
    logging.getLogger().addHandler(WarningTeller(events))
    status = 1
    try:
        odoo.cli.main()
    except SystemExit as error:
        status = error.code
    tell_unimported(events, addons)
    events.tell("ended", status=status if isinstance(status, int) else 1)
    sys.exit(status)


if __name__ == "__main__":
    main()
