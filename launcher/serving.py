"""Odoo, and the PostgreSQL beneath it, kept running: what ends by itself is started again, with a sentence."""

import collections
import signal
import time

from . import environment, places, processes
from .say import Problem, Step, elapsed, say, warn
from .settings import ADMINISTRATOR, DEMO_USERS

#: What ends as often as this within so many seconds is not started once more.
OFTEN, WITHIN = 4, 180


class Service:
    """A served product.

    :param base: the :class:`~launcher.database.Database`
    :param cluster: the launcher's own PostgreSQL, or None where one was named
    """

    def __init__(self, base, url, cluster=None):
        self.base, self.url, self.cluster = base, url, cluster
        self.log = places.log_folder() / "odoo.log"
        self.odoo = None
        self._ends = collections.deque(maxlen=OFTEN)

    def serve(self, options):
        """Start Odoo, say where it is, and keep it running until stopped."""
        try:
            with Step("Odoo: starting"):
                self._start()
            announce(self.url, options, self.log)
            options.served = True
            while True:
                time.sleep(0.2)
                self._look_after()
        finally:
            self._stop()  # before PostgreSQL, which it still writes to

    def _start(self):
        """Start Odoo and wait until it answers."""
        with open(self.log, "ab", opener=places.private) as log:
            self.odoo = processes.start(
                [*environment.odoo(), "-c", self.base.conf], stdout=log, stderr=log, cwd=places.STATE,
                env=environment.for_odoo(), umask=processes.PRIVATE,
            )  # fmt: skip
        if not processes.wait_until(lambda: processes.answers(f"{self.url}/web/login"), 180, self.odoo):
            raise Problem(f"Odoo did not start; its log {self.log} ends with:\n{places.tail(self.log)}")

    def _stop(self):
        if self.odoo is not None:
            processes.stop(self.odoo)
            self.odoo = None

    def _look_after(self):
        """Start again what ended."""
        if self.cluster and self.cluster.process.poll() is not None:
            self._count_end("PostgreSQL", self.cluster.process.returncode, self.cluster.log)
            with Step("PostgreSQL: starting again, and Odoo with it"):
                self._stop()  # its jobs would wait for ever on connections that are lost
                self.cluster.restart()
                self._start()
        elif self.odoo.poll() is not None:
            self._count_end("Odoo", self.odoo.returncode, self.log)
            with Step("Odoo: starting again"):
                self._stop()  # what it left behind
                self._start()

    def _count_end(self, name, status, log):
        """Say that something ended by itself; give up on what does so again and again."""
        how = f"killed by {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        self._ends.append(time.monotonic())
        if len(self._ends) == OFTEN and self._ends[-1] - self._ends[0] < WITHIN:
            raise Problem(
                f"{name} ended by itself ({how}), for the {OFTEN}th time within {WITHIN} seconds; "
                f"its log {log} ends with:\n{places.tail(log)}"
            )
        warn(f"{name} ended by itself ({how}). It is started again; its log is {log}.")


def announce(url, options, log_path):
    """Print the address and who may log in."""
    users = (ADMINISTRATOR, *(DEMO_USERS if options.demo else ()))
    say()
    say(f"Coup de Pousse is served on {url} (after {elapsed()})")
    say()
    for role, login, password in users:
        say(f"  {role:<32} login: {login:<16} password: {password}")
    say()
    say(f"Odoo's log: {log_path}. Ctrl-C stops everything; the data stay.")
