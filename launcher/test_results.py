"""Gather what the tests did into one account: passed, failed, skipped."""

import dataclasses
import json
import xml.etree.ElementTree as ElementTree

# Warnings that say nothing about our code: (end of the logger's name, part of the message), each with its reason.
TOLERATED_WARNINGS = (
    # A tour that ended well leaves its page while the browser still loads something.
    (".browser", "received after termination"),
)


@dataclasses.dataclass
class Account:
    """Names of tests by outcome, and the stories of those that did not pass."""

    passed: set = dataclasses.field(default_factory=set)
    failed: dict = dataclasses.field(default_factory=dict)
    skipped: dict = dataclasses.field(default_factory=dict)

    def fail(self, name, text):
        """Count a failure once, with all that is told of it."""
        self.passed.discard(name)
        self.skipped.pop(name, None)
        self.failed[name] = f"{self.failed[name]}\n{text}" if name in self.failed else text

    def add(self, other):
        """Take over another account."""
        self.passed |= other.passed
        self.failed |= other.failed
        self.skipped |= other.skipped

    def line(self):
        """Return the closing line."""
        return f"{len(self.passed)} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


def from_events(path):
    """Read the account of an Odoo run (see ``inside/run_tests.py``)."""
    account, ended = Account(), False
    for line in path.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        kind, test = event["event"], event.get("test")
        if kind == "started" and test not in account.failed:
            account.passed.add(test)
        elif kind == "failed":
            account.fail(test, event["text"])
        elif kind == "skipped" and event["browser"]:
            account.fail(test, f"A browser test may not be skipped: {event['reason']}")
        elif kind == "skipped":
            account.passed.discard(test)
            account.skipped[test] = event["reason"]
        elif kind == "warning" and not _tolerated(event):
            account.fail(f"log {event['level']} from {event['logger']} during {event['during']}", event["message"])
        elif kind == "never run":
            account.fail(
                test, f"Odoo never runs it, for want of tags: derive it from odoo.tests.BaseCase ({event['file']})."
            )
        elif kind == "unimported":
            account.fail(event["file"], "Nothing imports this test file: name it in tests/__init__.py.")
        elif kind == "ended":
            ended = True
            if event["status"] and not account.failed:
                account.fail("Odoo's test run", f"Odoo ended with status {event['status']}; see its log.")
    if not ended:
        account.fail("Odoo's test run", "Odoo ended before the tests did; see its log.")
    return account


def _tolerated(event):
    return any(event["logger"].endswith(logger) and part in event["message"] for logger, part in TOLERATED_WARNINGS)


def from_junit(path):
    """Read the account that pytest left in JUnit's form."""
    account = Account()
    for case in ElementTree.parse(path).getroot().iter("testcase"):  # noqa: S314 - written by our own pytest
        name = f"{case.get('classname')}.{case.get('name')}"
        wrong = [child for child in case if child.tag in ("failure", "error")]
        skipped = case.find("skipped")
        if wrong:
            account.fail(name, "\n".join(child.text or child.get("message", "") for child in wrong))
        elif skipped is not None:
            account.skipped[name] = skipped.get("message", "no reason given")
        elif name not in account.failed:
            account.passed.add(name)
    return account
