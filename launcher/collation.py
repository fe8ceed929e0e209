"""The French order of letters: É after E, and not after Z, wherever PostgreSQL sorts a list.

A server built with ICU brings it. The embedded one is built without, and takes the C library's French: the machine's
own, or one compiled here, which PostgreSQL's processes find by LOCPATH.
"""

import os
import subprocess
import sys
from pathlib import Path

from . import processes
from .locks import lock
from .places import cache, log_folder
from .say import Problem, Step, warn
from .source import debian

LOCALE = "fr_FR.UTF-8"
#: What CREATE DATABASE says of it, the best first. Each needs template0, which promises nothing of its own order.
CLAUSES = (
    "LOCALE_PROVIDER icu ICU_LOCALE 'fr-FR' LC_COLLATE 'C'",
    f"LOCALE_PROVIDER libc LC_COLLATE '{LOCALE}' LC_CTYPE '{LOCALE}'",
)
#: Where nothing French can be had.
PLAIN = "LC_COLLATE 'C'"
_SOURCES = Path("/usr/share/i18n")


def create(server, name):
    """Make an empty database in French order, or say why it is not."""
    for clause in CLAUSES:
        try:
            server.query(f"CREATE DATABASE {name} ENCODING 'UTF8' {clause} TEMPLATE template0")
            return
        except Problem as problem:
            said = problem
    server.query(f"CREATE DATABASE {name} ENCODING 'UTF8' {PLAIN} TEMPLATE template0")
    warn(f"In lists, É will come after Z: this PostgreSQL knows no French order of letters ({said}).")


def renew(server, name):
    """Sort a database's indexes anew if the system's French order changed since they were made."""
    changed = server.query(
        f"SELECT 1 FROM pg_database WHERE datname = '{name}' AND datcollversion IS NOT NULL"
        " AND datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid)"
    )
    if changed:
        with Step(f"Database {name}: sorting its indexes anew, for the system's order of letters changed"):
            server.query(f"REINDEX DATABASE {name}", name)
            server.query(f"ALTER DATABASE {name} REFRESH COLLATION VERSION")


def locale_folder(home):
    """Return the folder where the French locale lies for PostgreSQL's processes; None if they need none, or have none.

    :param home: a folder that they can reach
    """
    if not sys.platform.startswith("linux") or _system_has_it():
        return None
    # One compiled for another C library may not be read by this one.
    folder = home / f"locale-{os.confstr('CS_GNU_LIBC_VERSION').rpartition(' ')[2]}"
    if not (folder / LOCALE / "LC_COLLATE").is_file():
        try:
            with Step("The French order of letters: compiling it"):
                _compile(folder)
        except (OSError, Problem) as problem:
            warn(f"The French locale cannot be made: {problem}")
            return None
    return folder


def _system_has_it():
    try:
        asked = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return "fr_FR.utf8" in asked.stdout.split()


def _compile(folder):
    """Compile the locale, from the system's sources or those of Debian's package."""
    sources = _SOURCES if (_SOURCES / "locales" / "fr_FR").exists() else _fetch_sources()
    folder.mkdir(mode=0o755, exist_ok=True)
    command = ["localedef", "--no-archive", "-f", "UTF-8", "-i", "fr_FR", folder / f"{LOCALE}.{os.getpid()}"]
    log = log_folder() / "locale.log"
    # It is content with a status of 1 and a warning where it uses a name that is deprecated.
    processes.run(command, log, check=False, env={**os.environ, "I18NPATH": str(sources)})
    if not (command[-1] / "LC_COLLATE").is_file():
        raise Problem(f"localedef made none, see {log}.")
    for path in (command[-1], *command[-1].rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    os.rename(command[-1], folder / LOCALE)


def _fetch_sources():
    """Fetch Debian's package of locales; return the folder of its sources."""
    if not debian.is_debian():
        raise Problem(f"the system has neither {LOCALE} nor its source (package glibc-langpack-fr, or locales)")
    folder = cache() / "locales"
    with lock(cache() / "locales.lock"):
        unpacked = folder / "unpacked"
        if not (unpacked / "usr/share/i18n/charmaps/UTF-8.gz").exists():
            folder.mkdir(parents=True, exist_ok=True)
            archive = debian.Archive(folder)
            archive.update()
            with Step("Locales: fetching Debian's package") as step:
                (package,) = archive.fetch([f"locales/{archive.old_suite}"], step)
            processes.run(["dpkg-deb", "-x", package, unpacked], log_folder() / "locale.log")
    return unpacked / "usr" / "share" / "i18n"
