"""A clean copy of the checkout, and an ordinary user who starts it: what the first-start test needs."""

import contextlib
import http.cookiejar
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from launcher.postgres import free_port

CHECKOUT = Path(__file__).resolve().parent.parent
# Settings of a machine that reaches its package mirrors through a proxy or a certificate of its own.
_PASSED_ON = (
    "PIP_",
    "SSL_",
    "REQUESTS_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "LANG",
)


class OrdinaryUser:
    """A user without rights, with an empty home and a clean copy of what is (or would be) committed."""

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="cdp-first-start-", dir="/var/tmp"))
        self.checkout = self.home / "coup-de-pousse"
        self.ids = None
        if os.geteuid() == 0:
            entry = pwd.getpwnam("nobody")
            self.ids = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._copy_checkout()

    def _copy_checkout(self):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=CHECKOUT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        for name in filter(None, listed.stdout.split("\0")):
            source, target = CHECKOUT / name, self.checkout / name
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
        if self.ids:
            for path in (self.home, *self.home.rglob("*")):
                os.chown(path, self.ids["user"], self.ids["group"])

    def start(self, *arguments, **options):
        """Start ``./cdp`` as this user, in a group of its own."""
        environment = {key: value for key, value in os.environ.items() if key.startswith(_PASSED_ON)}
        environment.update(HOME=str(self.home), PATH="/usr/local/bin:/usr/bin:/bin")
        return subprocess.Popen(
            [str(self.checkout / "cdp"), *arguments], cwd=self.checkout, env=environment, text=True,
            start_new_session=True, **(self.ids or {}), **options,
        )  # fmt: skip

    def call(self, *arguments, text=None):
        """Run ``./cdp`` to its end; return ``(status, stdout, stderr)``."""
        process = self.start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = process.communicate(text, timeout=180)
        return process.returncode, out, err

    def processes(self):
        """Return the command lines of processes that work in this user's folder."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if str(self.home) in words and int(path.name) != os.getpid():
                    found.append(words)
        return found

    def remove(self):
        """Remove everything of this user."""
        shutil.rmtree(self.home, ignore_errors=True)


class Running:
    """A started ``./cdp run``.

    :param seconds: how long to wait for the address to be printed
    """

    def __init__(self, user, *arguments, seconds):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = user.home / f"output-{self.port}.txt"
        began, load = time.monotonic(), Load()
        with open(self.output, "w", encoding="utf-8") as file:
            self.process = user.start("run", "--port", str(self.port), *arguments,
                                      stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT)  # fmt: skip
        while "Ctrl-C stops everything" not in self.said():
            if self.process.poll() is not None or time.monotonic() - began > seconds:
                self.stop(signal.SIGTERM)
                raise AssertionError(f"./cdp run did not serve within {seconds} s:\n{self.said()}")
            time.sleep(0.2)
        self.took, self.others = time.monotonic() - began, load.of_others(self.process.pid)

    def said(self):
        """Return what it printed so far."""
        return self.output.read_text(encoding="utf-8")

    def get(self, path, opener=None):
        """Return a page's text."""
        with (opener or urllib.request.build_opener()).open(self.url + path, timeout=120) as page:
            return page.read().decode()

    def log_in(self, login, password, database="coup_de_pousse"):
        """Return ``(session, opener)`` of a user, or raise what the server answers."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        answer = self.rpc("/web/session/authenticate", opener, db=database, login=login, password=password)
        return answer, opener

    def rpc(self, path, opener, **parameters):
        """Call a JSON-RPC route and return its result."""
        request = urllib.request.Request(
            self.url + path,
            json.dumps({"jsonrpc": "2.0", "params": parameters}).encode(),
            {"Content-Type": "application/json"},
        )
        with opener.open(request, timeout=120) as page:
            answer = json.load(page)
        if "error" in answer:
            raise AssertionError(answer["error"]["data"]["message"])
        return answer["result"]

    def stop(self, how=signal.SIGINT, patience=60):
        """Send a signal to the whole group, as a terminal does; return the exit status."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        return self.process.wait(patience)


class Load:
    """How much of the machine others use meanwhile."""

    def __init__(self):
        self._busy, self._idle = self._machine()

    @staticmethod
    def _machine():
        """Return the machine's busy and idle time so far, in ticks."""
        try:
            fields = [int(part) for part in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        except OSError:
            return 0, 1
        idle = fields[3] + fields[4]
        return sum(fields) - idle, idle

    def of_others(self, pid):
        """Return the share of the machine, 0 to 1, that went to processes outside ``pid``'s tree."""
        busy, idle = self._machine()
        total = busy - self._busy + idle - self._idle
        others = busy - self._busy - ticks_of_tree(pid)
        return min(max(others / total, 0), 0.9) if total else 0


def ticks_of_tree(pid):
    """Return the processor time of a process, its live descendants and those it waited for, in ticks."""
    table = {}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (path / "stat").read_text().rsplit(")", 1)[1].split()
            table[int(path.name)] = (int(fields[1]), sum(int(part) for part in fields[11:15]))
    wanted, total = {pid}, 0
    for _ in range(10):  # the depth of the tree
        wanted |= {child for child, (parent, _ticks) in table.items() if parent in wanted}
    for member in wanted:
        total += table.get(member, (0, 0))[1]
    return total
