"""Processes the launcher starts: each in a group of its own, all ended with it."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from . import places
from .say import Problem

_RUNNING = []
_LOCK = threading.Lock()
STOPPING = threading.Event()
#: The umask of what writes data: nobody but its owner reads them.
PRIVATE = 0o077


def _register(process):
    with _LOCK:
        if not STOPPING.is_set():
            _RUNNING.append(process)
            return
    stop(process, signal.SIGKILL, 5)
    raise Problem("The launcher is stopping.")


def _forget(process):
    with _LOCK:
        if process in _RUNNING:
            _RUNNING.remove(process)


def start(command, user=None, at_death=signal.SIGINT, **options):
    """Start a process in a group of its own, tied to the launcher's life.

    The kernel ties it to the thread that starts it: a long-lived process is to
    be started by the main one.

    :param user: ``(uid, gid)`` to run it as, or None
    :param at_death: the signal it gets should the launcher be killed
    """
    who = f"{user[0]}:{user[1]}" if user else "-"
    process = subprocess.Popen(
        [sys.executable, "-I", str(places.INSIDE / "tied.py"), str(int(at_death)), who, *map(str, command)],
        stdin=options.pop("stdin", subprocess.DEVNULL),
        start_new_session=True,
        **options,
    )
    _register(process)
    return process


def stop(process, how=signal.SIGINT, patience=20):
    """End a process started here, politely and then not, with all of its group."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # what it left behind, or itself
    process.wait()
    _forget(process)


def stop_all():
    """End whatever still runs, the latest first."""
    STOPPING.set()
    while True:
        with _LOCK:
            if not _RUNNING:
                return
            process = _RUNNING.pop()
        stop(process)


def run(command, log, each_line=None, check=True, **options):
    """Run a command to its end, its output going to a log file.

    :param log: path of the log file, appended to
    :param each_line: called with every line of output, for progress
    :param check: raise :class:`Problem` with the end of the output if it fails
    :return: the exit status
    """
    with open(log, "a", encoding="utf-8", errors="replace", opener=places.private) as file:
        file.write(f"\n$ {' '.join(map(str, command))}\n")
        file.flush()
        process = start(
            command,
            at_death=signal.SIGKILL,  # a step is begun again; dpkg-deb would not hear a milder one
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
        status, last = _follow(process, file, each_line)
    if status and check:
        said = "\n    ".join(last)
        raise Problem(
            f"{os.path.basename(str(command[0]))} failed (status {status}); the whole output is in {log}:\n    {said}"
        )
    return status


def _follow(process, file, each_line):
    """Copy a process's output to a file until it ends; return its exit status and its last lines."""
    last = []
    try:
        for line in process.stdout:
            file.write(line)
            last = [*last[-14:], line.rstrip()]
            if each_line:
                each_line(line.rstrip())
        return process.wait(), last
    finally:
        if process.poll() is not None:
            _forget(process)


def answers(url):
    """Return whether a page is served."""
    try:
        with urllib.request.urlopen(url, timeout=60) as page:  # noqa: S310 - our own address
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until(ready, seconds, alive=None, every=0.1):
    """Call ``ready`` until it is true.

    :param alive: a process; when it ends before, waiting is over
    :return: whether ``ready`` became true
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return True
        if alive is not None and alive.poll() is not None:
            return False
        time.sleep(every)
    return False
