"""Locks between launchers; the system frees them when their holder ends, however it ends."""

import contextlib
import fcntl
import json
import os

from .processes import STOPPING
from .say import Problem, say


class Held(Exception):
    """Another launcher holds the lock; ``holder`` is what it said of itself."""

    def __init__(self, holder):
        super().__init__(str(holder))
        self.holder = holder


@contextlib.contextmanager
def lock(path, wait=True, about=None, note=None):
    """Hold the lock file ``path`` while the block runs.

    :param wait: wait for the other holder, or raise :class:`Held`
    :param about: what a waiting user is told the other one is doing
    :param note: a dictionary left in the file for others to read
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = open(path, "a+", encoding="utf-8")  # noqa: SIM115 - closed below, with the lock
    except OSError as error:
        raise Problem(f"Cannot write {path}: {error.strerror}. Give your user the right to write there.") from error
    with handle:
        _acquire(handle, wait, about)
        write_note(handle, {"pid": os.getpid(), **(note or {})})
        try:
            yield handle
        finally:
            write_note(handle, {})


def write_note(handle, note):
    """Replace what the holder of a lock says of itself."""
    handle.seek(0)
    handle.truncate()
    handle.write(json.dumps(note))
    handle.flush()


def _acquire(handle, wait, about):
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            holder = read_note(handle)
            if not wait:
                raise Held(holder) from error
            if not told and about:
                say(f"Another launcher (process {holder.get('pid', '?')}) is {about}; waiting for it.")
                told = True
            if STOPPING.wait(0.3):
                raise Problem("The launcher is stopping.") from error


def read_note(handle):
    """Return what the holder of a lock says of itself (empty when unreadable)."""
    try:
        handle.seek(0)
        note = json.loads(handle.read() or "{}")
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}
