"""Where things live: the checkout, its git-ignored folder, the user's cache."""

import hashlib
import os
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
STATE = CHECKOUT / ".cdp"
ADDONS = CHECKOUT / "addons"
CONFIG = CHECKOUT / "config"
INSIDE = CHECKOUT / "launcher" / "inside"


def cache():
    """Return the user's cache folder for this product (shared by all checkouts)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # the XDG specification says to ignore a relative one
        base = Path.home() / ".cache"
    return Path(base) / "coup-de-pousse"


def checkout_key():
    """Return a short name that is this checkout's own on this machine."""
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]


def log_folder():
    """Return the folder of log files, made if absent."""
    return private_folder(STATE / "log")


def private_folder(folder):
    """Return a folder that only its owner may enter, made if absent."""
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def private(path, flags):
    """Open a file for its owner only: an ``opener`` of :func:`open`."""
    return os.open(path, flags, 0o600)


def aside(path):
    """Move a file or folder out of the way, beside where it was; return its new path."""
    target = path.with_name(f"{path.name}.aside-{time.strftime('%Y%m%d-%H%M%S')}")
    while target.exists():
        target = target.with_name(f"{target.name}-again")
    path.rename(target)
    return target


def tail(path, lines=12):
    """Return the last lines of a log, indented."""
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in text[-lines:])


def addon_names():
    """Return the names of our addons, sorted."""
    return sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))


def write_private(path, text):
    """Write a file that only its owner reads, replacing any former one in one go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, path)
