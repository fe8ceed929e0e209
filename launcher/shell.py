"""./cdp shell: Odoo's shell on the product's database, whether it is being served or not."""

import signal
import subprocess

from . import environment, locks, places, processes, run
from .say import Problem, speak_aside


def shell(options):
    """Open the shell; a script on standard input runs instead, and its exit status comes back."""
    speak_aside()
    try:
        with locks.lock(run.LOCK, wait=False, note={"url": "a shell"}):
            run.prepare(options)
            with run.serving_database(options) as (base, _cluster):
                if base.name not in base.server.databases():
                    raise Problem(
                        f"There is no database {base.name} yet. Make it first: ./cdp run --database {base.name}"
                    )
                return open_shell(options.database)
    except locks.Held:
        return open_shell(options.database)  # the running product's PostgreSQL and configuration serve


def open_shell(database):
    """Run Odoo's shell to its end; return its exit status."""
    process = subprocess.Popen(  # stays in our terminal's foreground, unlike our other processes
        [*map(str, environment.odoo()), "shell", "-c", str(places.STATE / "odoo.conf"), "-d", database,
         "--log-level=warn"],
        umask=processes.PRIVATE,
    )  # fmt: skip
    # Ctrl-C interrupts what is typed there; it reaches that process by itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
