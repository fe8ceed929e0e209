"""What the launcher tells its user: steps with their time, and problems with their way out."""

import sys
import threading
import time

_STARTED = time.monotonic()
_LOCK = threading.Lock()
_EVERY = 5.0  # seconds between two lines of progress of one step
_to = sys.stdout


def speak_aside():
    """Say everything on standard error from now on: standard output is someone else's."""
    global _to  # noqa: PLW0603 - one terminal, one switch
    _to = sys.stderr


class Problem(Exception):
    """Something went wrong that the user can fix: the message says what and how."""


class Stop(BaseException):
    """The user (or the system) asked the launcher to stop."""


def say(text=""):
    """Print one line, whole, whatever other thread is printing."""
    with _LOCK:
        print(text, file=_to, flush=True)


def warn(text):
    """Print a warning that does not stop the work."""
    with _LOCK:
        print(f"Warning: {text}", file=sys.stderr, flush=True)


def elapsed():
    """Return the time since the launcher started, as m:ss."""
    seconds = int(time.monotonic() - _STARTED)
    return f"{seconds // 60}:{seconds % 60:02d}"


class Step:
    """One announced step; used as a context manager.

    :param title: what is being done, shown before every line of progress
    """

    def __init__(self, title):
        self.title = title
        self._began = self._spoke = time.monotonic()
        self._last = None

    def __enter__(self):
        say(f"[{elapsed()}] {self.title}…")
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            took = time.monotonic() - self._began
            say(f"[{elapsed()}] {self.title}: done in {took:.0f} s")
        return False

    def progress(self, text):
        """Show how far the step is, at most every few seconds."""
        now = time.monotonic()
        if now - self._spoke >= _EVERY and text != self._last:
            self._spoke, self._last = now, text
            say(f"[{elapsed()}]   {self.title}: {text}")
