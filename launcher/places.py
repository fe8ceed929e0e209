"""Where things live: the checkout, its git-ignored folder, the user's cache."""

import hashlib
import os
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
    folder = STATE / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
