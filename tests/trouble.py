"""What may happen to a served product: told to reload, held up by a request, Odoo killed, PostgreSQL killed."""

import contextlib
import os
import re
import signal
import threading
import time
from pathlib import Path

#: Seconds that a request may take meanwhile: more than a first page on a busy machine.
LIMIT = 45
PATIENCE = 300


class Trouble:
    """Each kind of trouble, one after the other, and what was seen after it.

    :param running: a :class:`~first_start.Running` that was started with ``options``
    """

    options = ("--set", f"limit_time_real={LIMIT}")

    def __init__(self, running, user):
        self.running, self.checkout = running, user.checkout
        self.log = user.checkout / ".cdp" / "log" / "odoo.log"
        self.seen = {}

    def tell(self):
        """Go through all of them; return {kind: what was seen}."""
        for kind in (self.reload, self.hold_up, self.kill_odoo, self.kill_postgresql):
            before = self.pid("odoo_program.py")
            kind()
            answered = self.wait(self.logs_in)
            self.seen[kind.__name__] = {
                "answers": answered,
                "same process": before == self.pid("odoo_program.py"),
                "launcher": self.running.process.poll(),
            }
        return self.seen

    def reload(self):
        """Send Odoo what makes it run itself again."""
        self.until_reloaded(lambda: os.kill(self.pid("odoo_program.py"), signal.SIGHUP))

    def hold_up(self):
        """Ask what takes longer than a request may."""
        _session, opener = self.running.log_in("admin", "admin")

        def call(model, method, *arguments):
            return self.running.rpc(
                "/web/dataset/call_kw", opener, model=model, method=method, args=arguments, kwargs={}
            )

        (model,) = call("ir.model", "search", [("model", "=", "res.partner")])
        code = "env.cr.execute('SELECT pg_sleep(3600)')"
        slow = call("ir.actions.server", "create", {"name": "Slow", "model_id": model, "state": "code", "code": code})

        def wait_for_it():
            with contextlib.suppress(Exception):  # the connection is lost with the reload
                call("ir.actions.server", "run", [slow])

        self.until_reloaded(threading.Thread(target=wait_for_it, daemon=True).start)

    def kill_odoo(self):
        os.kill(self.pid("odoo_program.py"), signal.SIGKILL)
        self.wait(lambda: "Odoo: starting again: done" in self.running.said())

    def kill_postgresql(self):
        os.kill(self.pid("postgres", "-D"), signal.SIGKILL)
        self.wait(lambda: "and Odoo with it: done" in self.running.said())

    def pid(self, *words):
        """Return the process of this checkout whose command line has these words."""
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                line = (path / "cmdline").read_bytes().decode(errors="replace").split("\0")
                # The program itself, not the launcher's part that becomes it.
                if str(self.checkout) in " ".join(line) and all(
                    any(part == word or part.endswith(f"/{word}") for part in line) for word in words
                ):
                    return int(path.name)
        return None

    def until_reloaded(self, do):
        """Do what makes Odoo reload, and wait until it has begun anew."""
        starts = self.starts()
        do()
        self.wait(lambda: self.starts() > starts)

    def starts(self):
        """Return how often Odoo has begun so far."""
        return len(re.findall(r"odoo: Odoo version", self.log.read_text(encoding="utf-8", errors="replace")))

    def logs_in(self):
        return bool(self.running.log_in("admin", "admin")[0]["uid"])

    @staticmethod
    def wait(ready):
        """Wait until something is so; return whether it came to be."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(Exception):  # not served yet
                if ready():
                    return True
            time.sleep(0.5)
        return False
